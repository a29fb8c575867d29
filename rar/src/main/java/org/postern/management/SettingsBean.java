package org.postern.management;

import java.util.function.Supplier;
import javax.management.MBeanNotificationInfo;
import org.postern.administration.DescribedBean;
import org.postern.administration.Setting;
import org.postern.settings.Change;
import org.postern.settings.SettingsStore;

/** Base of beans whose attributes are settings: subscribers hear of each change, whoever made it and on whatever way. */
abstract class SettingsBean extends DescribedBean {

    private final Attributes attributes;
    private final Supplier<String> caller;

    SettingsBean(
            Class<?> management,
            Attributes attributes,
            SettingsStore settings,
            Supplier<String> caller,
            MBeanNotificationInfo... notifications) {
        super(management, notifications);
        this.attributes = attributes;
        this.caller = caller;
        settings.observe(this::changed);
    }

    final Attributes attributes() {
        return attributes;
    }

    private void changed(Change change) {
        attributes.byAttribute().forEach((attribute, setting) -> tell(attribute, setting, change));
    }

    private void tell(String attribute, Setting<?> setting, Change change) {
        if (setting.equals(change.setting())) {
            String message = caller.get() + ": " + ChangeRecord.describe(change);
            attributeChanged(attribute, change.oldText(), change.newText(), message);
        }
    }
}
