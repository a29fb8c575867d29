package org.postern.management;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.postern.administration.Beans;
import org.postern.administration.DescribedBean;
import org.postern.network.ThreadTraces;

/**
 * Registers management beans under one domain, and unregisters all that are left when it is closed. The threads that call them are
 * the platform's: each call takes away what Netty has left with its thread.
 */
public final class BeanRegistry implements Beans, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(BeanRegistry.class.getName());

    /** What must stand in quotes (ObjectName); JConsole shows quotes, so nothing else does. */
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[,=:\"*?\\n]");

    private final MBeanServer server;
    private final String domain;
    private final Map<ObjectName, Registration> registrations = new LinkedHashMap<>();

    /**
     * Makes one.
     *
     * @param server the server, usually the platform's
     * @param domain the domain of all names
     */
    public BeanRegistry(MBeanServer server, String domain) {
        this.server = server;
        this.domain = domain;
    }

    @Override
    public synchronized Registration register(DescribedBean bean, String type, String name) {
        ObjectName objectName = name(type, name);
        bean.afterCalls(ThreadTraces::remove);
        try {
            server.registerMBean(bean, objectName);
        } catch (InstanceAlreadyExistsException e) {
            throw new IllegalStateException(
                    "There is a management bean " + objectName
                            + " already; set managementDomain to another domain for a second adapter in one JVM.",
                    e);
        } catch (JMException e) {
            throw new IllegalStateException(
                    "The management bean " + objectName + " cannot be registered: " + e + ".", e);
        }
        var registration = new Registered(objectName);
        registrations.put(objectName, registration);
        return registration;
    }

    /** Unregisters all beans that are left. */
    @Override
    public void close() {
        List<Registration> left;
        synchronized (this) {
            left = List.copyOf(registrations.values());
        }
        left.forEach(Registration::close);
    }

    private ObjectName name(String type, String name) {
        String named = name.isEmpty() ? "" : ",name=" + quoted(name);
        try {
            return new ObjectName(domain + ":type=" + quoted(type) + named);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("There cannot be a management bean " + type + " " + name + ".", e);
        }
    }

    private static String quoted(String value) {
        return NEEDS_QUOTES.matcher(value).find() ? ObjectName.quote(value) : value;
    }

    private void unregister(ObjectName name) {
        registrations.remove(name);
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException gone) {
            LOG.log(System.Logger.Level.DEBUG, "Somebody else has unregistered {0}.", name);
        } catch (JMException e) {
            LOG.log(System.Logger.Level.WARNING, "The management bean " + name + " could not be unregistered.", e);
        }
    }

    private final class Registered implements Registration {
        private final ObjectName name;

        private Registered(ObjectName name) {
            this.name = name;
        }

        @Override
        public ObjectName name() {
            return name;
        }

        @Override
        public void close() {
            // A bean registered later under the same name is somebody else's.
            synchronized (BeanRegistry.this) {
                if (registrations.get(name) == this) {
                    unregister(name);
                }
            }
        }
    }
}
