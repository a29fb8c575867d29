package org.postern.administration;

/** The values of all settings at one moment. */
public interface SettingValues {

    /** {@return the value in force; its type was checked when it was set} */
    <T> T get(Setting<T> setting);

    /** {@return the value in force, as it was written} */
    String text(Setting<?> setting);

    /** {@return where the value in force comes from} */
    Source source(Setting<?> setting);
}
