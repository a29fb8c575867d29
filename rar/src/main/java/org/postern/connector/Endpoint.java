package org.postern.connector;

import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.List;

/** An active message-driven bean. */
record Endpoint(
        MessageEndpointFactory factory, List<RecipientPattern> patterns, boolean checksRecipients, boolean isFinal) {

    static Endpoint of(MessageEndpointFactory factory, MailActivationSpec spec) {
        return new Endpoint(factory, spec.patterns(), spec.checksRecipients(), spec.isFinal());
    }

    String name() {
        Class<?> bean = factory.getEndpointClass();
        return bean == null ? "a message-driven bean" : bean.getSimpleName();
    }

    // A factory stands for one activation; two beans may have equal properties.
    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint endpoint && endpoint.factory == factory;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(factory);
    }
}
