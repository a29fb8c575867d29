package org.postern.administration;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeChangeNotification;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanConstructorInfo;
import javax.management.MBeanException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ReflectionException;
import javax.management.StandardEmitterMBean;

/**
 * Base of management beans that read well in JConsole: attributes, operations and parameters are described and named by
 * annotations ({@link Description}, {@link Name}) of the MXBean interface and stand in alphabetical order. The class itself
 * implements the interface.
 */
public abstract class DescribedBean extends StandardEmitterMBean {

    private static final MBeanNotificationInfo[] ATTRIBUTE_CHANGES = {
        new MBeanNotificationInfo(
                new String[] {AttributeChangeNotification.ATTRIBUTE_CHANGE},
                AttributeChangeNotification.class.getName(),
                "An attribute was changed; the message says by whom.")
    };

    private final Class<?> management;
    private volatile Runnable afterCalls = () -> {};
    private long sequence;

    /**
     * Makes a bean.
     *
     * @param management its MXBean interface, which the subclass implements
     * @param notifications what it notifies of, beside changed attributes
     */
    protected DescribedBean(Class<?> management, MBeanNotificationInfo... notifications) {
        super(management, true, new NotificationBroadcasterSupport(notifications(notifications)));
        this.management = management;
    }

    /**
     * Has something done after each operation and each change of an attribute: by who registers the bean, in place of what was
     * to be done before.
     *
     * @param step runs on the thread of the call, whatever came of that
     */
    public final void afterCalls(Runnable step) {
        afterCalls = step;
    }

    /** Tells subscribers that an attribute was changed. */
    protected final void attributeChanged(String name, String oldValue, String newValue, String message) {
        notifySubscribers(new AttributeChangeNotification(
                this,
                nextSequenceNumber(),
                System.currentTimeMillis(),
                message,
                name,
                String.class.getName(),
                oldValue,
                newValue));
    }

    /** Tells subscribers something. */
    protected final void notifySubscribers(Notification notification) {
        sendNotification(notification);
    }

    /** {@return the number of the next notification} */
    protected final synchronized long nextSequenceNumber() {
        return ++sequence;
    }

    @Override
    public void setAttribute(Attribute attribute)
            throws AttributeNotFoundException, InvalidAttributeValueException, MBeanException, ReflectionException {
        ClassLoader before = enter();
        try {
            super.setAttribute(attribute);
        } finally {
            leave(before);
        }
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        ClassLoader before = enter();
        try {
            return super.setAttributes(attributes);
        } finally {
            leave(before);
        }
    }

    @Override
    public Object invoke(String operation, Object[] arguments, String[] signature)
            throws MBeanException, ReflectionException {
        ClassLoader before = enter();
        try {
            return super.invoke(operation, arguments, signature);
        } finally {
            leave(before);
        }
    }

    /** JMX threads carry a class loader of their own; services are looked up with ours. */
    private ClassLoader enter() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        return before;
    }

    private void leave(ClassLoader before) {
        Thread.currentThread().setContextClassLoader(before);
        afterCalls.run();
    }

    @Override
    protected void cacheMBeanInfo(MBeanInfo info) {
        super.cacheMBeanInfo(info == null ? null : sorted(info));
    }

    /** What {@code super} makes at the first call is not yet what it keeps for later ones. */
    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanInfo made = super.getMBeanInfo();
        MBeanInfo kept = getCachedMBeanInfo();
        return kept == null ? made : kept;
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        return describe(management, info.getDescription());
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        return method(info.isIs() ? "is" : "get", info)
                .map(getter -> describe(getter, info.getDescription()))
                .orElseGet(info::getDescription);
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return operation(info)
                .map(method -> describe(method, info.getDescription()))
                .orElseGet(info::getDescription);
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
        return annotation(operation, index, Description.class)
                .map(Description::value)
                .orElseGet(parameter::getDescription);
    }

    @Override
    protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
        return annotation(operation, index, Name.class).map(Name::value).orElseGet(parameter::getName);
    }

    @Override
    protected int getImpact(MBeanOperationInfo info) {
        boolean changesNothing = info.getName().matches("(export|describe|explain|probe).*");
        return changesNothing ? MBeanOperationInfo.INFO : MBeanOperationInfo.ACTION;
    }

    @Override
    protected MBeanConstructorInfo[] getConstructors(MBeanConstructorInfo[] constructors, Object implementation) {
        return new MBeanConstructorInfo[0];
    }

    private static MBeanNotificationInfo[] notifications(MBeanNotificationInfo... more) {
        return Stream.concat(Stream.of(ATTRIBUTE_CHANGES), Stream.of(more)).toArray(MBeanNotificationInfo[]::new);
    }

    private static MBeanInfo sorted(MBeanInfo info) {
        return new MBeanInfo(
                info.getClassName(),
                info.getDescription(),
                sort(info.getAttributes()),
                info.getConstructors(),
                sort(info.getOperations()),
                info.getNotifications(),
                info.getDescriptor());
    }

    private static <F extends MBeanFeatureInfo> F[] sort(F[] features) {
        F[] sorted = features.clone();
        Arrays.sort(sorted, Comparator.comparing(MBeanFeatureInfo::getName));
        return sorted;
    }

    private static String describe(AnnotatedElement element, String otherwise) {
        Description description = element.getAnnotation(Description.class);
        return description == null ? otherwise : description.value();
    }

    private Optional<Method> method(String prefix, MBeanAttributeInfo info) {
        return methods()
                .filter(m -> m.getParameterCount() == 0 && m.getName().equals(prefix + info.getName()))
                .findFirst();
    }

    private Optional<Method> operation(MBeanOperationInfo info) {
        return methods()
                .filter(m -> m.getName().equals(info.getName()) && m.getParameterCount() == info.getSignature().length)
                .findFirst();
    }

    private Stream<Method> methods() {
        return Stream.of(management.getMethods());
    }

    private <A extends Annotation> Optional<A> annotation(MBeanOperationInfo info, int index, Class<A> wanted) {
        return operation(info).map(method -> method.getParameters()[index].getAnnotation(wanted));
    }
}
