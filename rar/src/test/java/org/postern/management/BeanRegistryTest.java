package org.postern.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.postern.administration.Beans.Registration;
import org.postern.administration.DescribedBean;

class BeanRegistryTest {

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final BeanRegistry beans = new BeanRegistry(server, "org.postern");

    @Test
    void nameShouldHaveTypeFirstAndNoNeedlessQuotes() {
        assertThat(beans.register(bean(), "Gateway", "").name()).hasToString("org.postern:type=Gateway");
        assertThat(beans.register(bean(), "Listener", "smtp").name())
                .hasToString("org.postern:type=Listener,name=smtp");
        assertThat(beans.register(bean(), "Policy", ".example.org").name())
                .hasToString("org.postern:type=Policy,name=.example.org");
        assertThat(beans.register(bean(), "Policy", "a=b,*?").name())
                .hasToString("org.postern:type=Policy,name=\"a=b,\\*\\?\"");
    }

    @Test
    void secondBeanOfANameShouldBeRefused() {
        beans.register(bean(), "Gateway", "");
        assertThatThrownBy(() -> beans.register(bean(), "Gateway", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("managementDomain");
    }

    @Test
    void closingShouldUnregisterAllAndAllowANewStart() {
        beans.register(bean(), "Gateway", "");
        beans.register(bean(), "Listener", "smtp");
        beans.close();
        beans.close();
        assertThat(count()).isZero();
        beans.register(bean(), "Gateway", "");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void oldRegistrationShouldNotTakeAwayANewBean() {
        Registration old = beans.register(bean(), "Gateway", "");
        old.close();
        beans.register(bean(), "Gateway", "");
        old.close();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void beanThatIsGoneShouldNotStopTheOthers() throws Exception {
        ObjectName name = beans.register(bean(), "Gateway", "").name();
        beans.register(bean(), "Listener", "smtp");
        server.unregisterMBean(name);
        beans.close();
        assertThat(count()).isZero();
    }

    private int count() {
        return server.queryNames(null, null).stream()
                .filter(name -> name.getDomain().equals("org.postern"))
                .toList()
                .size();
    }

    private static DescribedBean bean() {
        return new GatewayBean(new HealthRegister(key -> {}), "1.0", "JDK", Clock.systemUTC());
    }
}
