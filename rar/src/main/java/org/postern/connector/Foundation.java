package org.postern.connector;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.postern.administration.Administration;
import org.postern.administration.Health.Severity;
import org.postern.management.AdministrationFacade;
import org.postern.management.AuditLog;
import org.postern.management.BeanRegistry;
import org.postern.management.Caller;
import org.postern.management.GatewayBean;
import org.postern.management.HealthRegister;
import org.postern.management.ManagementSettings;
import org.postern.settings.AdapterSettings;
import org.postern.settings.Configuration;
import org.postern.settings.DataDirectory;
import org.postern.settings.SettingsFile;
import org.postern.settings.SettingsStore;
import org.postern.tls.Engine;

/**
 * What stands even when an administrator has set something wrong: settings, health, and the beans that show them. An error is
 * reported to {@link #health()}, in one sentence.
 */
final class Foundation implements AutoCloseable {

    private final Closer closer = new Closer();
    private final Caller caller = new Caller();
    private final HealthRegister health;
    private final Optional<DataDirectory> dataDirectory;
    private final SettingsStore settings;
    private final BeanRegistry beans;
    private final AuditLog audit = new AuditLog(caller);
    private final String hostName;

    /**
     * Lays it.
     *
     * @param configured the deployment's properties
     * @param onError is told the key of each error
     */
    Foundation(Map<String, String> configured, Consumer<String> onError) {
        health = new HealthRegister(onError);
        var configuration = new Configuration(configured, systemProperties(), System.getenv());
        Path path = DataDirectory.resolve(configuration.text(AdapterSettings.DATA_DIRECTORY), System::getProperty);
        dataDirectory = open(path);
        SettingsFile file = dataDirectory.map(SettingsFile::in).orElseGet(SettingsFile::none);
        settings = new SettingsStore(configuration, file, health, AllSettings.list());
        hostName = HostName.resolve(settings.get(DeliverySettings.HOST_NAME));
        beans = new BeanRegistry(
                ManagementFactory.getPlatformMBeanServer(), settings.get(ManagementSettings.MANAGEMENT_DOMAIN));
        closer.add(beans::close);
        register();
    }

    private Optional<DataDirectory> open(Path path) {
        try {
            DataDirectory directory = DataDirectory.open(path);
            closer.add(directory::close);
            return Optional.of(directory);
        } catch (IllegalStateException e) {
            health.report("data directory", Severity.ERROR, e.getMessage());
            return Optional.empty();
        }
    }

    private void register() {
        String engine = Engine.best().toString();
        try {
            beans.register(new GatewayBean(health, version(), engine, Clock.systemUTC()), "Gateway", "");
        } catch (IllegalStateException e) {
            health.report("management", Severity.ERROR, e.getMessage());
        }
    }

    /** {@return whether nothing is wrong so far} */
    boolean isSound() {
        return !health.status().equals(Severity.ERROR.name());
    }

    HealthRegister health() {
        return health;
    }

    SettingsStore settings() {
        return settings;
    }

    /** {@return the data directory; there is one if the foundation is sound} */
    DataDirectory dataDirectory() {
        return dataDirectory.orElseThrow();
    }

    BeanRegistry beans() {
        return beans;
    }

    AuditLog audit() {
        return audit;
    }

    Caller caller() {
        return caller;
    }

    String hostName() {
        return hostName;
    }

    /** {@return what applications get of it} */
    Administration administration() {
        return new AdministrationFacade(
                settings,
                beans,
                health,
                audit,
                dataDirectory.map(DataDirectory::path).orElseGet(() -> Path.of("")),
                hostName);
    }

    @Override
    public void close() {
        closer.close();
    }

    private static String version() {
        String version = Foundation.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static Map<String, String> systemProperties() {
        Map<String, String> properties = new HashMap<>();
        // Names only: a property need not be text.
        for (String name : System.getProperties().stringPropertyNames()) {
            properties.put(name, System.getProperty(name));
        }
        return properties;
    }
}
