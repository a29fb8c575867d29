package org.postern.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeChangeNotification;
import javax.management.AttributeList;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DescribedBeanTest {

    private final Door door = new Door();
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private ObjectName name;

    @BeforeEach
    void register() throws Exception {
        name = new ObjectName("test:type=Door");
        server.registerMBean(door, name);
    }

    @Test
    void everythingShouldBeDescribedNamedAndSorted() {
        BeanWalk.check(door);
    }

    @Test
    void informationSeenThroughTheServerShouldBeTheSame() throws Exception {
        var info = server.getMBeanInfo(name);
        assertThat(info.getDescription()).isEqualTo("A door of the castle.");
        assertThat(Stream.of(info.getAttributes()).map(MBeanFeatureInfo::getName))
                .containsExactly("Open", "Watchword");
        assertThat(Stream.of(info.getOperations()[1].getSignature()).map(MBeanFeatureInfo::getName))
                .containsExactly("name", "times");
        assertThat(info.getOperations()[1].getSignature()[0].getDescription()).isEqualTo("Who comes.");
    }

    @Test
    void informationShouldBeMadeOnce() {
        assertThat(door.getMBeanInfo()).isSameAs(door.getMBeanInfo());
    }

    @Test
    void operationsThatOnlyTellShouldSaySo() {
        assertThat(Stream.of(door.getMBeanInfo().getOperations()).map(MBeanOperationInfo::getImpact))
                .containsExactly(MBeanOperationInfo.ACTION, MBeanOperationInfo.INFO);
    }

    @Test
    void changedAttributeShouldBeToldUnderTheBeansName() throws Exception {
        var heard = new ArrayList<AttributeChangeNotification>();
        server.addNotificationListener(
                name, (notification, handback) -> heard.add((AttributeChangeNotification) notification), null, null);
        server.setAttribute(name, new Attribute("Watchword", "friend"));
        server.setAttribute(name, new Attribute("Watchword", "foe"));
        assertThat(heard)
                .hasSize(2)
                .allMatch(notification -> notification.getSource().equals(name));
        assertThat(heard.get(1).getOldValue()).isEqualTo("friend");
        assertThat(heard.get(1).getNewValue()).isEqualTo("foe");
        assertThat(heard.get(1).getMessage()).isEqualTo("changed");
        assertThat(heard.get(1).getSequenceNumber()).isGreaterThan(heard.get(0).getSequenceNumber());
        assertThat(server.getMBeanInfo(name).getNotifications()).hasSize(1);
    }

    @Test
    void callsShouldRunWithTheBeansClassLoaderAndLeaveTheThreadsInPlace() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var other = new URLClassLoader(new URL[0])) {
            thread.setContextClassLoader(other);
            server.setAttribute(name, new Attribute("Watchword", "one"));
            assertThat(door.seen).isSameAs(Door.class.getClassLoader());
            door.seen = null;
            var list = new AttributeList();
            list.add(new Attribute("Watchword", "two"));
            assertThat(server.setAttributes(name, list)).hasSize(1);
            assertThat(door.seen).isSameAs(Door.class.getClassLoader());
            door.seen = null;
            server.invoke(name, "close", new Object[0], new String[0]);
            assertThat(door.seen).isSameAs(Door.class.getClassLoader());
            assertThat(thread.getContextClassLoader()).isSameAs(other);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void refusalShouldReachTheCallerInItsOwnWords() {
        assertThatThrownBy(() -> server.setAttribute(name, new Attribute("Watchword", "")))
                .isInstanceOf(RuntimeMBeanException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A watchword must not be empty. Nothing was changed.");
    }

    /** The implementation. */
    private static final class Door extends DescribedBean implements DoorMXBean {

        private String watchword = "none";
        private ClassLoader seen;

        Door() {
            super(DoorMXBean.class);
        }

        @Override
        public String getWatchword() {
            return watchword;
        }

        @Override
        public void setWatchword(String value) {
            seen = Thread.currentThread().getContextClassLoader();
            if (value.isEmpty()) {
                throw new IllegalArgumentException("A watchword must not be empty. Nothing was changed.");
            }
            String before = watchword;
            watchword = value;
            attributeChanged("Watchword", before, value, "changed");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public String explain(String who, int times) {
            return who + times;
        }

        @Override
        public String close() {
            seen = Thread.currentThread().getContextClassLoader();
            return "shut";
        }
    }
}
