package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.AttributeChangeNotification;
import javax.management.MBeanAttributeInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.container.TestClient;

/** What an administrator changes at the bean {@code type=Listener} while senders come and go. */
class LiveListenerTest {

    /** No two are equal, and none is what an adapter starts with. */
    private static final Map<String, String> CHANGES = Map.ofEntries(
            Map.entry("MaxMessageSize", "1234567"),
            Map.entry("MaxRecipients", "101"),
            Map.entry("IdleTimeout", "61s"),
            Map.entry("BareNewline", "NORMALIZE"),
            Map.entry("AcceptedDomains", "one.example, two.example"),
            Map.entry("TrustedNetworks", "192.0.2.1/32, 2001:db8::/32"),
            Map.entry("MaxSessions", "11"),
            Map.entry("MaxSessionsPerAddress", "12"),
            Map.entry("MaxNewSessionsPerMinute", "13"),
            Map.entry("MaxMessagesPerMinute", "14"),
            Map.entry("MaxErrors", "15"),
            Map.entry("MaxUnknownCommands", "16"),
            Map.entry("GreetingDelay", "2s"),
            Map.entry("ContentIdleTimeout", "62s"),
            Map.entry("MinDataRate", "17"),
            Map.entry("MaxDataTime", "63m"),
            Map.entry("DeliveryWait", "65s"),
            Map.entry("DeliveryTimeout", "64s"),
            Map.entry("ProxyNetworks", "198.51.100.0/24"));

    @TempDir
    Path folder;

    private DeployedAdapter deployed;

    @BeforeEach
    void start() throws Exception {
        deployed = new DeployedAdapter(folder);
        deployed.adapter.setTrustedNetworks("192.0.2.0/24");
        deployed.serve(mail -> {});
    }

    @AfterEach
    void stop() throws Exception {
        deployed.close();
    }

    @Test
    void everyAttributeShouldChangeItsOwnSettingAndNoOther() throws Exception {
        Map<String, Object> shown = shown();
        Map<Object, Object> stored = stored();
        assertThat(shown).containsOnlyKeys(CHANGES.keySet());
        BlockingQueue<AttributeChangeNotification> told = new LinkedBlockingQueue<>();
        DeployedAdapter.BEANS.addNotificationListener(
                deployed.listener(), (news, none) -> told.add((AttributeChangeNotification) news), null, null);
        for (var change : CHANGES.entrySet()) {
            String attribute = change.getKey();
            String value = change.getValue();
            assertThat(shown.get(attribute)).isNotEqualTo(value);
            deployed.set(attribute, value);
            shown.put(attribute, value);
            assertThat(shown()).as(attribute).isEqualTo(shown);
            // By its name in the file, a setting is told from all others.
            stored.put(attribute.substring(0, 1).toLowerCase(Locale.ROOT) + attribute.substring(1), value);
            assertThat(stored()).as(attribute).isEqualTo(stored);
            AttributeChangeNotification news = told.poll(10, TimeUnit.SECONDS);
            assertThat(news.getAttributeName()).isEqualTo(attribute);
            assertThat(news.getNewValue()).isEqualTo(value);
            assertThat((String[]) deployed.attribute("Listener,name=smtp", "Source"))
                    .contains(attribute + " = " + value + " (changed at run time)");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void mostSessionsShouldHoldAtOnce() throws Exception {
        try (TestClient first = deployed.greet()) {
            deployed.set("MaxSessions", "1");
            expectTurnedAway("421 4.3.2 Too many sessions; try again later");
            assertThat(deployed.figures("LimitsReachedBySetting")).containsExactly("maxSessions: 1");
            assertThat(first.message("a@localhost", "text\r\n")).startsWith("250 ");
            deployed.set("MaxSessions", "0");
            deployed.expectHonestMailToBeTaken();
        }
    }

    @Test
    void newSessionsByTheMinuteShouldHoldAtOnce() throws Exception {
        deployed.expectHonestMailToBeTaken();
        deployed.set("MaxNewSessionsPerMinute", "1");
        deployed.expectHonestMailToBeTaken();
        expectTurnedAway("421 4.7.0 Too many new sessions from your address; try again later");
        assertThat(deployed.figures("LimitsReachedBySetting")).containsExactly("maxNewSessionsPerMinute: 1");
        deployed.set("MaxNewSessionsPerMinute", "0");
        deployed.expectHonestMailToBeTaken();
    }

    @Test
    void messagesByTheMinuteShouldHoldForSessionsUnderWay() throws Exception {
        try (TestClient client = deployed.greet()) {
            assertThat(client.message("a@localhost", "text\r\n")).startsWith("250 ");
            deployed.set("MaxMessagesPerMinute", "1");
            assertThat(client.message("a@localhost", "text\r\n")).startsWith("250 ");
            assertThat(client.ask("MAIL FROM:<a@b.example>")).startsWith("450 4.7.1");
            assertThat(deployed.figures("LimitsReachedBySetting")).containsExactly("maxMessagesPerMinute: 1");
            deployed.set("MaxMessagesPerMinute", "0");
            assertThat(client.message("a@localhost", "text\r\n")).startsWith("250 ");
        }
        deployed.expectHonestMailToBeTaken();
    }

    @Test
    void mostRecipientsShouldHoldFromTheNextSessionOn() throws Exception {
        try (TestClient before = deployed.greet()) {
            deployed.set("MaxRecipients", "100");
            try (TestClient after = deployed.greet()) {
                nameHundred(before);
                assertThat(before.ask("RCPT TO:<more@localhost>")).startsWith("250 2.1.5");
                nameHundred(after);
                assertThat(after.ask("RCPT TO:<more@localhost>")).startsWith("452 4.5.3");
                assertThat(after.ask("DATA")).startsWith("354 ");
                assertThat(after.ask(".")).startsWith("250 2.0.0");
            }
        }
        assertThat(deployed.figure("RecipientsRefused")).isEqualTo(1);
        deployed.expectHonestMailToBeTaken();
    }

    @Test
    void mostErrorsShouldHoldForSessionsUnderWay() throws Exception {
        try (TestClient client = deployed.greet()) {
            assertThat(client.ask("DATA")).startsWith("503 ");
            assertThat(client.ask("DATA")).startsWith("503 ");
            deployed.set("MaxErrors", "2");
            assertThat(client.ask("DATA")).startsWith("503 ");
            assertThat(client.line()).isEqualTo("421 4.7.0 Too many errors");
            assertThat(client.line()).isNull();
        }
        assertThat(deployed.figures("LimitsReachedBySetting")).containsExactly("maxErrors: 1");
        deployed.expectHonestMailToBeTaken();
    }

    @Test
    void mostUnknownCommandsShouldHoldForSessionsUnderWay() throws Exception {
        try (TestClient client = deployed.greet()) {
            assertThat(client.ask("NOSUCH")).startsWith("500 ");
            deployed.set("MaxUnknownCommands", "1");
            assertThat(client.ask("NOSUCH")).startsWith("500 ");
            assertThat(client.line()).isEqualTo("421 4.7.0 Too many unknown commands");
            assertThat(client.line()).isNull();
        }
        assertThat(deployed.figures("LimitsReachedBySetting")).containsExactly("maxUnknownCommands: 1");
        deployed.expectHonestMailToBeTaken();
    }

    @Test
    void largestMessageShouldHoldFromTheNextSessionOn() throws Exception {
        String large = ("x".repeat(70) + "\r\n").repeat(20);
        try (TestClient before = deployed.greet()) {
            deployed.set("MaxMessageSize", "1K");
            try (TestClient after = deployed.greet()) {
                assertThat(before.message("a@localhost", large)).startsWith("250 ");
                assertThat(after.message("a@localhost", large)).startsWith("552 5.3.4");
                assertThat(after.ask("MAIL FROM:<a@b.example> SIZE=1025")).startsWith("552 5.3.4");
                assertThat(after.message("a@localhost", "text\r\n")).startsWith("250 ");
            }
        }
        assertThat(deployed.figure("MessagesRefused")).isEqualTo(1);
        deployed.expectHonestMailToBeTaken();
    }

    private void expectTurnedAway(String reply) throws Exception {
        try (TestClient late = deployed.connect()) {
            assertThat(late.line()).isEqualTo(reply);
            assertThat(late.line()).isNull();
        }
    }

    private static void nameHundred(TestClient client) throws Exception {
        client.ask("EHLO client.example");
        client.ask("MAIL FROM:<sender@client.example>");
        client.send("RCPT TO:<a@localhost>\r\n".repeat(100));
        for (int i = 0; i < 100; i++) {
            assertThat(client.reply()).startsWith("250 2.1.5");
        }
    }

    /** The attributes that can be set, as they are shown. */
    private Map<String, Object> shown() throws Exception {
        var listener = deployed.listener();
        String[] names = Arrays.stream(
                        DeployedAdapter.BEANS.getMBeanInfo(listener).getAttributes())
                .filter(MBeanAttributeInfo::isWritable)
                .map(MBeanAttributeInfo::getName)
                .toArray(String[]::new);
        Map<String, Object> shown = new HashMap<>();
        DeployedAdapter.BEANS
                .getAttributes(listener, names)
                .asList()
                .forEach(attribute -> shown.put(attribute.getName(), attribute.getValue()));
        return shown;
    }

    private Map<Object, Object> stored() throws Exception {
        var stored = new Properties();
        Path file = folder.resolve("data").resolve("settings.properties");
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                stored.load(in);
            }
        }
        return stored;
    }
}
