package org.postern.test.application;

import java.util.Map;
import org.postern.administration.Description;
import org.postern.administration.Name;

/** How a test looks into the application, over JMX. */
@Description("What the beans of the test application saw, and a way to have them send.")
public interface TestApplicationMXBean {

    /** {@return what a bean saw of the message with a subject; empty if none got it} */
    @Description("What a bean saw of the message with a subject.")
    Map<String, String> seen(@Name("subject") String subject);

    /** {@return the content of the message with a subject, as its bean read it} */
    @Description("The content of the message with a subject.")
    byte[] content(@Name("subject") String subject);

    /** {@return how many messages wait in the bean Slow} */
    @Description("How many messages are with the bean Slow.")
    int getWaiting();

    /** Lets Slow keep messages until {@link #release}. */
    @Description("Lets the bean Slow keep messages.")
    void hold();

    /** Lets Slow finish. */
    @Description("Lets the bean Slow finish.")
    void release();

    /** Sends content as it is. {@return what came of it} */
    @Description("Sends content as it is.")
    Map<String, String> send(
            @Name("nextHop") String nextHop,
            @Name("from") String from,
            @Name("recipients") String[] recipients,
            @Name("content") byte[] content);

    /** Sends a Jakarta Mail message. {@return what came of it} */
    @Description("Sends a Jakarta Mail message.")
    Map<String, String> sendMessage(
            @Name("nextHop") String nextHop,
            @Name("to") String to,
            @Name("blindCopyTo") String blindCopyTo,
            @Name("subject") String subject);
}
