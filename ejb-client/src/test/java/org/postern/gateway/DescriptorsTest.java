package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {

    @ParameterizedTest
    @CsvSource({
        "glassfish-ejb-jar.xml, <jndi-name>java:app/mail/postern</jndi-name>",
        "jboss-ejb3.xml, <lookup-name>java:/eis/mail/postern</lookup-name>",
        "ibm-ejb-jar-bnd.xml, <resource-ref name=\"mail/postern\" binding-name=\"eis/mail/postern\"/>",
        "openejb-jar.xml, <resource-link res-ref-name=\"mail/postern\" res-id=\"postern-ra\"/>"
    })
    void eachServerShouldMapTheFactoryForBothBeans(String descriptor, String mapping) throws IOException {
        String text = read(descriptor);
        assertThat(text.split(mapping, -1)).as("mappings").hasSize(3);
        for (Class<?> bean : new Class<?>[] {Gateway.class, Lifecycle.class}) {
            assertThat(text).containsAnyOf(">" + bean.getSimpleName() + "<", "\"" + bean.getSimpleName() + "\"");
        }
    }

    @Test
    void gatewayShouldAskForAllMailAndForEachRecipient() {
        var properties = Arrays.stream(
                        Gateway.class.getAnnotation(MessageDriven.class).activationConfig())
                .collect(Collectors.toMap(
                        ActivationConfigProperty::propertyName, ActivationConfigProperty::propertyValue));
        assertThat(properties).containsEntry("recipients", "*").containsEntry("checkRecipients", "true");
    }

    private static String read(String descriptor) throws IOException {
        try (InputStream in = Gateway.class.getResourceAsStream("/META-INF/" + descriptor)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
