"""A made-up case of any size, for benchmarks only."""

from __future__ import annotations

from pathlib import Path

HEAD = "format: 1\ntitle: A made case\nbase: https://example.org/case/made/\nlanguage: en\n"


def made_case(folder: Path, sources: int, blocks: int) -> Path:
    """Write a case of `sources` files with `blocks` blocks of four claims each."""
    (folder / "entities").mkdir(parents=True)
    (folder / "sources").mkdir()
    (folder / "case.yaml").write_text(HEAD, encoding="utf-8")
    companies = "".join(f"  company-{n}: Company {n}\n" for n in range(50))
    groups = "".join(f"  group-{n}: Group {n}\n" for n in range(200))
    gifts = "".join(f"  gift-{n}: gift {n}\n" for n in range(sources * blocks // 2))
    (folder / "entities" / "all.yaml").write_text(
        f"Company:\n{companies}NewsOrganization:\n  paper: Paper\nGroup:\n{groups}"
        f"BenefitTransfer:\n{gifts}",
        encoding="utf-8",
    )
    for number in range(sources):
        lines = [
            f"title: article {number}\nkind: NewsArticle\npublisher: Paper\n"
            "published: 2021-01-01\nread: 2026-11-23\n\nsays:"
        ]
        for block in range(blocks):
            place = number * blocks + block
            gift = place % (sources * blocks // 2)
            via = f"  via: source-{number - 1}\n" if number and block % 5 == 0 else ""
            lines.append(
                f"- about: gift-{gift}\n  at: {block + 1}\n{via}"
                f"  giver: Company {place % 50}\n  receiver: Group {place % 200}\n"
                f"  number of receivers: at least {place % 90 + 1}\n"
                f"  date: {2010 + place % 12}-0{place % 9 + 1}\n"
            )
        path = folder / "sources" / f"source-{number}.yaml"
        path.write_text("\n".join(lines), encoding="utf-8")
    return folder
