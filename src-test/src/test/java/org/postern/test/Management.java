package org.postern.test;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The management beans of Postern in another process of this machine, as {@code jconsole <pid>} sees them. */
public final class Management implements AutoCloseable {

    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private Management(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    /** Attaches to a process: no port needs to be open, or to be known. */
    public static Management of(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return new Management(
                        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("The process " + pid + " cannot be attached to.", e);
        }
    }

    /** Attaches to the process that this one started with a file on its command line. */
    public static Management ofChild(String file) throws IOException {
        var children = ProcessHandle.current()
                .children()
                .map(child -> Long.toString(child.pid()))
                .toList();
        String pid = VirtualMachine.list().stream()
                .filter(machine ->
                        children.contains(machine.id()) && machine.displayName().contains(file))
                .findFirst()
                .orElseThrow(() -> new IOException("No child process was started with " + file + "."))
                .id();
        return of(Long.parseLong(pid));
    }

    /** {@return an attribute of a bean, named such as {@code Listener,name=smtp}} */
    public Object get(String type, String attribute) {
        try {
            return server.getAttribute(name(type), attribute);
        } catch (IOException | JMException e) {
            throw new IllegalStateException(type + " has no " + attribute + ".", e);
        }
    }

    /** {@return an attribute that is text} */
    public String text(String type, String attribute) {
        return String.valueOf(get(type, attribute));
    }

    /** {@return an attribute that is a number} */
    public int number(String type, String attribute) {
        return ((Number) get(type, attribute)).intValue();
    }

    /** Changes an attribute, as an administrator does in JConsole. */
    public void set(String type, String attribute, Object value) throws JMException, IOException {
        server.setAttribute(name(type), new Attribute(attribute, value));
    }

    /** Calls an operation, as an administrator does in JConsole: arguments are texts and whole numbers. */
    public Object invoke(String type, String operation, Object... arguments) throws JMException, IOException {
        String[] signature = Stream.of(arguments)
                .map(argument -> argument instanceof Integer ? "int" : String.class.getName())
                .toArray(String[]::new);
        return server.invoke(name(type), operation, arguments, signature);
    }

    /** {@return whether there is such a bean} */
    public boolean has(String type) throws JMException, IOException {
        return server.isRegistered(name(type));
    }

    /** {@return all beans of Postern} */
    public java.util.Set<ObjectName> all() throws JMException, IOException {
        return server.queryNames(new ObjectName("org.postern:*"), null);
    }

    /** {@return a bean of an application} */
    public <T> T bean(String type, Class<T> management) throws JMException {
        return JMX.newMXBeanProxy(server, name(type), management);
    }

    /** {@return how many threads are in a method, named with its class, or in what it calls} */
    public long threadsIn(String method) throws IOException {
        ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        return Stream.of(threads.dumpAllThreads(false, false))
                .filter(thread -> Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> method.equals(frame.getClassName() + "." + frame.getMethodName())))
                .count();
    }

    /** {@return the server itself} */
    public MBeanServerConnection server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }

    private static ObjectName name(String type) throws JMException {
        return new ObjectName("org.postern:type=" + type);
    }
}
