import java.nio.file.Files;
import java.nio.file.Path;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * A Neo4j Community server for the tests: Bolt on the loopback address, with authentication.
 *
 * <p>Run as {@code java -cp 'LIB/*' TestServer.java HOME PORT [--with-parent]}. It prints READY when
 * it answers, and shuts the databases down on SIGTERM. With {@code --with-parent} it also ends with
 * the process that started it, so that a killed test run leaves no server behind.
 */
public final class TestServer {
    private static final long START_TIMEOUT_MS = 100_000;

    /**
     * Names instead of typed settings, and no strict validation: a version of Neo4j without one of
     * these settings ignores it. The last line saves two waits of five seconds each at the end.
     */
    private static final String SETTINGS =
            """
            server.config.strict_validation.enabled=false
            dbms.security.auth_enabled=true
            dbms.usage_report.enabled=false
            server.bolt.enabled=true
            server.bolt.listen_address=127.0.0.1:%d
            server.http.enabled=false
            server.https.enabled=false
            server.memory.pagecache.size=256m
            internal.dbms.bolt.netty_server_shutdown_quiet_period=0
            """;

    private TestServer() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("usage: TestServer.java HOME PORT [--with-parent]");
            System.exit(2);
        }
        Path home = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        Path settings = home.resolve("test-server.conf");
        Files.createDirectories(home);
        Files.writeString(settings, SETTINGS.formatted(port));

        DatabaseManagementService service =
                new DatabaseManagementServiceBuilder(home).loadPropertiesFromFile(settings).build();
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        if (arguments.length > 2 && arguments[2].equals("--with-parent")) {
            ProcessHandle.current()
                    .parent()
                    .ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
        }
        String name = GraphDatabaseSettings.DEFAULT_DATABASE_NAME;
        if (!service.database(name).isAvailable(START_TIMEOUT_MS)) {
            System.err.println("The database " + name + " did not come up.");
            System.exit(1);
        }
        System.out.println("READY " + port);
        Thread.currentThread().join();
    }
}
