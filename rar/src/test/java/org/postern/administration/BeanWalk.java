package org.postern.administration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Walks a management bean and checks that it reads well in JConsole. */
public final class BeanWalk {

    private static final Set<String> EDITABLE =
            Set.of("boolean", "int", "long", "double", "java.lang.String", "java.lang.Boolean", "java.lang.Long");
    private static final Set<String> READABLE = Set.of(
            "[Ljava.lang.String;",
            "javax.management.openmbean.TabularData",
            "javax.management.openmbean.CompositeData",
            "[Ljavax.management.openmbean.CompositeData;");

    private BeanWalk() {}

    /** Checks a bean; fails with what JConsole would show badly. */
    public static void check(DescribedBean bean) {
        check(bean.getMBeanInfo(), bean::getAttribute);
    }

    /** Checks a registered bean in the same way. */
    public static void check(MBeanServer server, ObjectName name) throws JMException {
        check(server.getMBeanInfo(name), attribute -> server.getAttribute(name, attribute));
    }

    @FunctionalInterface
    private interface Reader {
        Object read(String attribute) throws JMException;
    }

    private static void check(MBeanInfo info, Reader reader) {
        assertSentence("The bean", info);
        assertThat(info.getConstructors()).isEmpty();
        for (MBeanAttributeInfo attribute : info.getAttributes()) {
            assertSentence("Attribute " + attribute.getName(), attribute);
            assertThat(attribute.getType())
                    .as("type of attribute %s", attribute.getName())
                    .matches(type -> EDITABLE.contains(type) || !attribute.isWritable() && READABLE.contains(type));
            if (attribute.isReadable()) {
                assertReadable(reader, attribute);
            }
        }
        for (MBeanOperationInfo operation : info.getOperations()) {
            assertSentence("Operation " + operation.getName(), operation);
            assertThat(operation.getReturnType())
                    .as("what %s returns", operation.getName())
                    .isEqualTo("java.lang.String");
            for (MBeanParameterInfo parameter : operation.getSignature()) {
                assertSentence("Parameter of " + operation.getName(), parameter);
                assertThat(parameter.getName())
                        .as("parameter of %s", operation.getName())
                        .doesNotMatch("p\\d+|arg\\d+");
                assertThat(EDITABLE)
                        .as("parameter types of %s", operation.getName())
                        .contains(parameter.getType());
            }
        }
        assertThat(names(info.getAttributes())).isSorted();
        assertThat(names(info.getOperations())).isSorted();
    }

    private static void assertReadable(Reader reader, MBeanAttributeInfo attribute) {
        try {
            assertThat(reader.read(attribute.getName()))
                    .as("value of %s", attribute.getName())
                    .isNotNull();
        } catch (JMException e) {
            throw new AssertionError("The attribute " + attribute.getName() + " cannot be read.", e);
        }
    }

    private static void assertSentence(String what, MBeanFeatureInfo feature) {
        assertThat(feature.getDescription())
                .as("%s: description", what)
                .contains(" ")
                .endsWith(".");
    }

    private static void assertSentence(String what, MBeanInfo info) {
        assertThat(info.getDescription())
                .as("%s: description", what)
                .contains(" ")
                .endsWith(".");
    }

    private static List<String> names(MBeanFeatureInfo[] features) {
        return Stream.of(features).map(MBeanFeatureInfo::getName).toList();
    }
}
