package org.postern.management;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;
import javax.security.auth.Subject;

/**
 * Who calls a management operation: the Subject that the JMX connector has authenticated, if the call came over one.
 *
 * <p>Java 18 and later have {@code Subject.current()}. Java 17 has {@code getSubject} of the access control context, which later
 * versions deprecate for removal and which throws on 24 and later; both are reached by method handles.
 */
public final class Caller implements Supplier<String> {

    private static final String LOCAL = "local";
    private static final int LONGEST_NAME = 100;

    private final MethodHandle current;

    /** Makes one for the Java platform that it runs on. */
    public Caller() {
        try {
            current = find();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java platform cannot tell who calls.", e);
        }
    }

    /** {@return the caller's name, without control characters; {@code local} for one who was not authenticated} */
    @Override
    public String get() {
        Subject subject = subject();
        if (subject == null || subject.getPrincipals().isEmpty()) {
            return LOCAL;
        }
        String name = subject.getPrincipals().iterator().next().getName().replaceAll("\\p{Cntrl}", "?");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
    }

    private Subject subject() {
        try {
            return (Subject) current.invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("The caller cannot be told.", e);
        }
    }

    private static MethodHandle find() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        if (Runtime.version().feature() >= 18) {
            return lookup.findStatic(Subject.class, "current", MethodType.methodType(Subject.class));
        }
        Class<?> context = Class.forName("java.security.AccessControlContext");
        Class<?> controller = Class.forName("java.security.AccessController");
        MethodHandle here = lookup.findStatic(controller, "getContext", MethodType.methodType(context));
        MethodHandle subject =
                lookup.findStatic(Subject.class, "getSubject", MethodType.methodType(Subject.class, context));
        return MethodHandles.collectArguments(subject, 0, here);
    }
}
