package org.postern.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.PrivilegedAction;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;

class AuditLogTest {

    @Test
    void lineShouldSayWhoAndWhatAndStayOneLine() {
        try (var log = new CapturedLog("org.postern.audit")) {
            new AuditLog(() -> "admin").record("level changed from {0}\nto 'x'");
            assertThat(log.lines).containsExactly("admin: level changed from {0}?to 'x'");
        }
    }

    @Test
    void callerOfALocalOperationShouldBeLocal() {
        assertThat(new Caller().get()).isEqualTo("local");
    }

    @Test
    void callerShouldBeTheSubjectOfTheConnection() throws Throwable {
        var subject = new Subject(true, Set.of(new JMXPrincipal("controlRole")), Set.of(), Set.of());
        Caller caller = new Caller();
        assertThat(callAs(subject, caller::get)).isEqualTo("controlRole");
    }

    /** Java 18 and later call as a subject in another way than Java 17. */
    private static Object callAs(Subject subject, Callable<String> call) throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        if (Runtime.version().feature() >= 18) {
            MethodType type = MethodType.methodType(Object.class, Subject.class, Callable.class);
            return (Object) lookup.findStatic(Subject.class, "callAs", type).invoke(subject, call);
        }
        MethodType type = MethodType.methodType(Object.class, Subject.class, PrivilegedAction.class);
        MethodHandle doAs = lookup.findStatic(Subject.class, "doAs", type);
        PrivilegedAction<Object> action = () -> {
            try {
                return call.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        return (Object) doAs.invoke(subject, action);
    }
}
