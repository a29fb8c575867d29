package org.postern.management;

import java.util.function.Supplier;
import org.postern.administration.Audit;

/** Writes the record of changes to the logger {@code org.postern.audit}: who, then what. */
public final class AuditLog implements Audit {

    private static final System.Logger LOG = System.getLogger("org.postern.audit");

    private final Supplier<String> caller;

    /**
     * Makes one.
     *
     * @param caller tells who calls, such as {@link Caller}
     */
    public AuditLog(Supplier<String> caller) {
        this.caller = caller;
    }

    @Override
    public void record(String what) {
        // Parameters and not text, so that braces in a value stay what they are.
        LOG.log(System.Logger.Level.INFO, "{0}: {1}", caller.get(), what.replaceAll("\\p{Cntrl}", "?"));
    }
}
