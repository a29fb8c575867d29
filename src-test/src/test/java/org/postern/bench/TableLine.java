package org.postern.bench;

import java.util.Locale;

/** Lines that all tables have. */
final class TableLine {

    private TableLine() {}

    /** {@return what somebody costs} */
    static String cost(String who, double cost, double floor, double rate) {
        return String.format(Locale.ROOT, "  %-16s%9.3f %7.2fx %9.0f/s%n", who, cost, cost / floor, rate);
    }

    /** {@return whether Postern costs at most so many times what another does} */
    static String verdict(String what, double times, String other, double othersCost, double cost) {
        return String.format(
                Locale.ROOT,
                "  %-5s%.2f x %s = %.3f: %s (Postern has %.2f x)%n",
                what,
                times,
                other,
                times * othersCost,
                cost <= times * othersCost ? "met" : "missed",
                cost / othersCost);
    }
}
