package org.postern.administration;

/** A bean of a test. */
@Description("A door of the castle.")
public interface DoorMXBean {

    @Description("Who may pass, as a word.")
    String getWatchword();

    void setWatchword(String watchword);

    @Description("Whether the door is open.")
    boolean isOpen();

    @Description("Tells what somebody would be answered.")
    String explain(
            @Name("name") @Description("Who comes.") String name,
            @Name("times") @Description("How many times they knock.") int times);

    @Description("Shuts the door.")
    String close();
}
