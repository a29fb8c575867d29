package org.postern.test.application;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.postern.InboundMail;
import org.postern.MailConnectionFactory;
import org.postern.administration.Beans;

/** What the beans saw, by the subject of the message. */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class Records {

    private final Map<String, Map<String, String>> seen = new ConcurrentHashMap<>();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final Gate gate = new Gate();

    @Resource(lookup = "java:app/mail/postern")
    private MailConnectionFactory mail;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transactions;

    @EJB
    private Sender sender;

    private Beans.Registration registration;

    @PostConstruct
    void start() {
        registration = mail.administration().beans().register(new TestApplication(this, sender), "TestApplication", "");
    }

    @PreDestroy
    void stop() {
        registration.close();
    }

    /** To be called in the transaction in which a message is delivered: how it ends is recorded too. */
    public void record(Class<?> bean, InboundMail message) {
        Map<String, String> facts = facts(message);
        facts.put("bean", bean.getSimpleName());
        String subject = facts.get("subject");
        try (InputStream content = message.content().stream()) {
            contents.put(subject, content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        seen.put(subject, Map.copyOf(facts));
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Only the end matters.
            }

            @Override
            public void afterCompletion(int status) {
                facts.put("outcome", status == Status.STATUS_COMMITTED ? "COMMITTED" : "not committed");
                seen.put(subject, Map.copyOf(facts));
            }
        });
    }

    Map<String, String> seen(String subject) {
        return seen.getOrDefault(subject, Map.of());
    }

    byte[] content(String subject) {
        return contents.get(subject);
    }

    /** Waits while the gate is closed. Public, as beans call each other's public methods only. */
    public void passGate() {
        gate.pass();
    }

    Gate gate() {
        return gate;
    }

    private static Map<String, String> facts(InboundMail message) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("id", message.id());
        facts.put("subject", MailFields.subject(message));
        facts.put("from", message.envelope().reversePathText());
        facts.put("recipients", message.envelope().recipients().toString());
        facts.put("helo", message.heloName());
        facts.put("peer", message.peer().getAddress().getHostAddress());
        facts.put("size", Long.toString(message.content().size()));
        message.tls().ifPresent(tls -> {
            facts.put("protocol", tls.protocol());
            facts.put("cipherSuite", tls.cipherSuite());
            facts.put("verification", tls.verification().name());
        });
        return facts;
    }
}
