package org.postern.administration;

import javax.management.ObjectName;

/** Management beans under the adapter's domain. */
public interface Beans {

    /**
     * Registers a bean. It is unregistered when the registration is closed, at the latest when the adapter stops.
     *
     * @param bean the bean
     * @param type the value of the key {@code type}
     * @param name the value of the key {@code name}; empty for a bean of which there is one
     * @return the registration
     * @throws IllegalStateException if there is a bean of that name already
     */
    Registration register(DescribedBean bean, String type, String name);

    /** A registered bean. */
    interface Registration extends AutoCloseable {

        /** {@return the name that it is registered under} */
        ObjectName name();

        /** Unregisters the bean; does nothing when that was done already. */
        @Override
        void close();
    }
}
