package org.postern.settings;

import org.postern.administration.Setting;
import org.postern.administration.Source;

/**
 * A change of a setting that has come into force.
 *
 * @param setting the setting
 * @param oldText the text of the value before
 * @param newText the text of the value now
 * @param source where the value comes from now: {@link Source#CHANGED}, or another when the setting was reset
 */
public record Change(Setting<?> setting, String oldText, String newText, Source source) {}
