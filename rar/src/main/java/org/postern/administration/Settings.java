package org.postern.administration;

import java.util.List;
import java.util.Map;

/**
 * All settings and their changes. A change is made in one step: the text is parsed, everybody concerned prepares for the new
 * values or refuses them, the settings file is written, and then the new values are in force. When a step fails, the old values
 * stay in force and on the disk.
 */
public interface Settings extends SettingValues {

    /** Somebody who must prepare before new values can be in force. */
    @FunctionalInterface
    interface Participant {

        /**
         * Checks new values and makes ready what they need.
         *
         * @param candidate all values as they would be
         * @return puts them into force; must not fail
         * @throws IllegalArgumentException to refuse them, with a full sentence
         * @throws IllegalStateException if they cannot be put into force now, with a full sentence
         */
        Runnable prepare(SettingValues candidate);
    }

    /**
     * Adds settings of an application. A wrong configured value is reported to {@link Health} as an error, and the default is
     * in force then.
     *
     * @param settings the settings
     * @return closing it takes them away again; to be done when the application stops, as one that is deployed again brings
     *     other objects of the same names
     * @throws IllegalStateException if a name is taken by another setting
     */
    Registration declare(List<Setting<?>> settings);

    /** Adds somebody who has a say in changes. Closing what is returned ends that. */
    Registration join(Participant participant);

    /**
     * Changes settings, all or none, and keeps the new values over a restart.
     *
     * @param texts the new values, as an administrator wrote them
     * @throws IllegalArgumentException if a value is not legal or somebody refuses it, with a full sentence
     * @throws IllegalStateException if the new values cannot be put into force or kept, with a full sentence
     */
    void change(Map<Setting<?>, String> texts);

    /** Takes back what was changed at run time for these settings, so that their configured values are in force again. */
    void reset(List<Setting<?>> settings);

    /** Changes one setting, as {@link #change(Map)} does. */
    default void change(Setting<?> setting, String text) {
        change(Map.of(setting, text));
    }

    /** What was added, as long as it is not closed. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
