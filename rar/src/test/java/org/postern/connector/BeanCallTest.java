package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.resource.spi.UnavailableException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.MailListener;
import org.postern.MailRejectedException;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.container.Bean;
import org.postern.container.Container;
import org.postern.container.Transactions.Fault;

class BeanCallTest {

    private final Container container = new Container(1);
    private final BeanCall call = new BeanCall(container.transactions());

    @AfterEach
    void close() throws InterruptedException {
        container.stop();
    }

    @Test
    void committedDeliveryShouldBeAcceptedWithItsId() throws Exception {
        assertThat(deliver(mail -> {})).hasToString("250 2.0.0 Accepted, id m1");
    }

    @Test
    void rollbackByTheBeanShouldBeTemporary() throws Exception {
        // The call returns normally: only the transaction knows.
        assertThat(deliver(mail -> container.transactions().setRollbackOnly()))
                .asString()
                .startsWith("451 4.3.0");
    }

    @Test
    void runtimeExceptionShouldBeTemporaryAndTellNothing() throws Exception {
        Reply reply = deliver(mail -> {
            throw new IllegalStateException("jdbc:secret");
        });
        assertThat(reply).asString().startsWith("451 4.3.0").doesNotContain("secret", "IllegalState");
    }

    @Test
    void errorShouldBeTemporary() throws Exception {
        assertThat(deliver(mail -> {
                    throw new NoClassDefFoundError("x");
                }))
                .asString()
                .startsWith("451 4.3.0");
    }

    @Test
    void rejectionShouldCarryItsReplyAndRollBack() throws Exception {
        boolean[] rolledBack = new boolean[1];
        Reply reply = deliver(mail -> {
            container.transactions().registerInterposedSynchronization(new RollbackWatch(rolledBack));
            throw new MailRejectedException(550, "5.7.1", "Not from you");
        });
        assertThat(reply).hasToString("550 5.7.1 Not from you");
        assertThat(rolledBack[0]).as("rolled back").isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void failedCommitShouldNeverBeAccepted(Fault fault) throws Exception {
        Bean bean = new Bean(container, mail -> {}, true, fault, 1);
        assertThat(call.deliver(endpoint(bean), new TestMail("m1"))).asString().startsWith("451 4.3.0");
    }

    @Test
    void beanWithoutTransactionShouldBeAcceptedWhenItReturns() throws Exception {
        Bean bean = new Bean(container, mail -> {}, false, Fault.NONE, 1);
        assertThat(call.deliver(endpoint(bean), new TestMail("m1")).code()).isEqualTo(250);
        Bean failing = new Bean(
                container,
                mail -> {
                    throw new IllegalStateException();
                },
                false,
                Fault.NONE,
                1);
        assertThat(call.deliver(endpoint(failing), new TestMail("m1")).code()).isEqualTo(451);
    }

    @Test
    void beanShouldBeGivenBackWhateverHappens() throws Exception {
        Bean bean = new Bean(
                container,
                mail -> {
                    throw new IllegalStateException();
                },
                true,
                Fault.COMMIT_UNKNOWN,
                1);
        for (int i = 0; i < 3; i++) {
            assertThat(call.deliver(endpoint(bean), new TestMail("m1")).code()).isEqualTo(451);
        }
    }

    @Test
    void exhaustedPoolShouldBeToldApartFromFailure() {
        Bean bean = new Bean(container, mail -> {}, true, Fault.NONE, 0);
        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> call.deliver(endpoint(bean), new TestMail("m1")));
    }

    @Test
    void recipientShouldBeRefusedWithTheBeansReply() throws Exception {
        MailListener picky = new MailListener() {
            @Override
            public void onMail(InboundMail mail) {
                throw new IllegalStateException("not asked for");
            }

            @Override
            public void onRecipient(Envelope envelope, Recipient recipient) throws MailRejectedException {
                throw new MailRejectedException(550, "5.1.1", "Nobody here");
            }
        };
        Optional<Reply> refusal = call.check(
                endpoint(new Bean(container, picky)), Envelope.of("a@b.example"), Recipient.of("c@d.example"));
        assertThat(refusal).map(Reply::toString).contains("550 5.1.1 Nobody here");
    }

    private Reply deliver(MailListener listener) throws UnavailableException {
        return call.deliver(endpoint(new Bean(container, listener)), new TestMail("m1"));
    }

    private static Endpoint endpoint(Bean bean) {
        return new Endpoint(bean, RecipientPattern.readAll("*"), false, false);
    }
}
