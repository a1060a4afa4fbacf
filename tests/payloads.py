"""Texts that try to be more than text: each sets `window.pwned`, opens a dialog or asks for an
address where it is taken for markup, script, style, an address, a template or data."""

from __future__ import annotations

from tests.test_page_untrusted_text import AWAY
from tests.test_page_untrusted_text import PAYLOADS as FIRST

_HANDLERS = [
    f"<{tag} {more}on{event}=window.pwned=1>x</{tag}>"
    for tag, more, event in (
        ("a", "href=# ", "click"), ("a", "href=# autofocus ", "focus"), ("p", "", "mouseover"),
        ("div", "contenteditable autofocus ", "focus"), ("audio", "src=x ", "error"),
        ("video", "src=x ", "error"), ("select", "autofocus ", "focus"), ("b", "", "pointerenter"),
        ("textarea", "autofocus ", "focus"), ("button", "autofocus ", "focus"),
        ("keygen", "autofocus ", "focus"), ("body", "", "pageshow"), ("body", "", "hashchange"),
        ("style", "", "load"), ("link", "rel=stylesheet href=x ", "error"),
        ("img", "src ", "error"),
        ("form", "", "reset"), ("dialog", "open ", "close"), ("g", "", "click"),
        ("image", "href=x ", "error"), ("text", "", "mouseover"), ("title", "", "click"),
        ("foreignObject", "", "click"), ("set", "attributeName=x ", "begin"), ("x", "", "click"),
        ("x-y", "tabindex=1 ", "focus"), ("summary", "", "click"), ("object", "data=x ", "error"),
        ("embed", "src=x ", "error"), ("track", "src=x ", "error"), ("frameset", "", "load"),
    )
]  # fmt: skip
_SVG = [
    "<svg><script>window.pwned=1</script></svg>",
    "<svg><script href=data:,window.pwned=1 /></svg>",
    "</text></svg><script>window.pwned=1</script>",
    "<svg><a xlink:href=javascript:window.pwned=1><text y=20>x</text></a></svg>",
    "<svg><use href=data:image/svg+xml,<svg/onload=window.pwned=1>#x></use></svg>",
    "<svg><foreignObject><iframe srcdoc=<script>parent.pwned=1</script>></foreignObject></svg>",
    "<svg><style>*{background:url(" + AWAY + ")}</style></svg>",
    "<svg><image href=" + AWAY + " /></svg>",
    '</tspan><animate attributeName="href" values="javascript:window.pwned=1" />',
    '" transform="scale(99)" onload="window.pwned=1',
    '"/><script>window.pwned=1</script><path d="',
    "<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=1>",
    "<math href=javascript:window.pwned=1>x</math>",
]
_SCRIPTS = [
    "</ScRiPt><ScRiPt>window.pwned=1</ScRiPt>",
    "</script/x><script>window.pwned=1</script>",
    "<script\n>window.pwned=1</script\n>",
    "<<script>script>window.pwned=1<</script>/script>",
    "<scr<script>ipt>window.pwned=1</scr</script>ipt>",
    "<script src=" + AWAY + "></script>",
    "<script type=module>window.pwned=1</script>",
    "<noscript><p title='</noscript><img src=x onerror=window.pwned=1>'>",
    "<!--[if gte IE 4]><script>window.pwned=1</script><![endif]-->",
    "<![CDATA[<script>window.pwned=1</script>]]>",
    "<?xml version='1.0'?><script>window.pwned=1</script>",
    "<template><script>window.pwned=1</script></template>",
    "</details></table></main><script>window.pwned=1</script>",
    "</h1></head><body onload=window.pwned=1>",
    "</summary></datalist></option><img src=x onerror=window.pwned=1>",
    "--!><img src=x onerror=window.pwned=1>",
    "<plaintext><script>window.pwned=1</script>",
    "<xmp><script>window.pwned=1</script></xmp>",
]
_DATA = [
    '"}]}</script><script>window.pwned=1</script>',
    '"],"w":{"close":"x"},"n":["',
    '\\"],\\"x\\":[\\"',
    '"__proto__":{"pwned":1}',
    '{"constructor":{"prototype":{"pwned":1}}}',
    "\\u0022});window.pwned=1;//",
    "\\x3cscript\\x3ewindow.pwned=1\\x3c/script\\x3e",
    "*/window.pwned=1;/*",
    "`${window.pwned=1}`",
    "');window.pwned=1;('",
    "]]></script><script>window.pwned=1</script>",
    "\\",
    '\\"',
    "'\"`",
    "NaN",
    "null",
    "-1 0",
    "0;url=javascript:window.pwned=1",
]
_ADDRESSES = [
    "javascript:/*--></title></style></textarea></script><svg/onload='/**/window.pwned=1//'>",
    "JAVASCRIPT:window.pwned=1",
    "java\u200bscript:window.pwned=1",
    "javascript&colon;window.pwned=1",
    "javascript:window.pwned=1//https://example.org",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='window.pwned=1'/>",
    "blob:https://example.org/x",
    "file:///etc/passwd",
    "//127.0.0.1:9/leak",
    "http:javascript:window.pwned=1",
    "view-source:javascript:window.pwned=1",
    "livescript:window.pwned=1",
    "mailto:x@example.org?body=<script>window.pwned=1</script>",
]
_TEMPLATES = [
    "{{constructor.constructor('window.pwned=1')()}}",
    "{{ self.__init__.__globals__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "${{window.pwned=1}}",
    "#{window.pwned=1}",
    "<%- window.pwned=1 %>",
    "{n}{0}{title}{things!r}{x.__class__}",
    "%s %(title)s %n %x",
    "$& $1 $` $' $$",
]
_LETTERS = [
    "\u202e\u202dright to left override\u202c",
    "\u2067\u2067\u2067 isolates that never end",
    "\u200e\u200f\u061c marks",
    "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a\u030b stacked",
    "\U000e0041\U000e0042 tags",
    "ﷺ ﷽ wide letters",
    "ＦＵＬＬ　ＷＩＤＴＨ <script>",
    "‹script›window.pwned=1‹/script›",
    "ʺ onmouseover=ʺwindow.pwned=1",
    "كتاب <b>عربي</b> ‏(١٢٣)‏",
    "עברית <i>ואנגלית</i> mixed",
    "ไทย देवनागरी 한국어 日本語 <b>",
    "🏳️\u200d🌈👨\u200d👩\u200d👧\u200d👦 <svg onload=window.pwned=1>",
    "İıſK Kelvin and long s <SCRIPT>",
    "\u00ad\u00adsoft\u00adhyphens",
    "\u180e\u2060\u2063 unseen",
]
PAYLOADS = list(
    dict.fromkeys(
        [*FIRST, *_HANDLERS, *_SVG, *_SCRIPTS, *_DATA, *_ADDRESSES, *_TEMPLATES, *_LETTERS]
    )
)
