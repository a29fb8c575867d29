package org.postern.management;

import java.util.function.Consumer;
import org.postern.administration.Audit;
import org.postern.administration.Source;
import org.postern.settings.Change;

/**
 * Writes each change of a setting into the record of changes.
 *
 * @param audit the record
 */
public record ChangeRecord(Audit audit) implements Consumer<Change> {

    @Override
    public void accept(Change change) {
        audit.record(describe(change));
    }

    static String describe(Change change) {
        String reset = change.source() == Source.CHANGED ? "" : " (reset; " + change.source() + ")";
        return change.setting() + " changed from " + shown(change.oldText()) + " to " + shown(change.newText()) + reset;
    }

    private static String shown(String text) {
        return text.isEmpty() ? "nothing" : text;
    }
}
