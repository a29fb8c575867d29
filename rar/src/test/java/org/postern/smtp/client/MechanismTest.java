package org.postern.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ongres.scram.common.ClientFirstMessage;
import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postern.Credentials;

class MechanismTest {

    private static final Credentials JOE = Credentials.password("joe", "pencil".toCharArray());
    private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @Test
    void strongestShouldBeChosen() {
        assertThat(chosen(JOE, true, "PLAIN", "LOGIN", "SCRAM-SHA-256", "CRAM-MD5"))
                .isEqualTo("SCRAM-SHA-256");
        assertThat(chosen(JOE, true, "LOGIN", "PLAIN")).isEqualTo("PLAIN");
        assertThat(chosen(JOE, true, "LOGIN")).isEqualTo("LOGIN");
        assertThat(chosen(JOE, true, "CRAM-MD5", "XOAUTH2")).isEqualTo("none");
        assertThat(chosen(JOE, false, "LOGIN", "PLAIN")).isEqualTo("none");
        assertThat(chosen(JOE, false, "PLAIN", "SCRAM-SHA-256")).isEqualTo("SCRAM-SHA-256");
        Credentials token = Credentials.token("joe", "t".toCharArray());
        assertThat(chosen(token, true, "PLAIN", "SCRAM-SHA-256", "XOAUTH2")).isEqualTo("XOAUTH2");
        assertThat(chosen(token, false, "XOAUTH2")).isEqualTo("none");
    }

    @Test
    void scramShouldNeitherSayThePasswordNorTakeItsWordForIt() throws Exception {
        Mechanism scram = choose(JOE);
        String first = first(scram);
        String challenge = serverFirst(first, 4096);
        String last = decode(scram.answer(encode(challenge)));
        assertThat(last).contains(",p=").doesNotContain("pencil");
        String server = "v=" + Base64.getEncoder().encodeToString(signature(first, challenge, last));
        assertThat(scram.answer(encode(server))).isEmpty();
        scram.accepted();
    }

    @Test
    void serverThatDoesNotKnowThePasswordShouldBeRefused() throws Exception {
        Mechanism early = choose(JOE);
        early.answer(encode(serverFirst(first(early), 4096)));
        assertThatThrownBy(early::accepted).isInstanceOf(AuthenticationException.class);
        Mechanism wrong = choose(JOE);
        wrong.answer(encode(serverFirst(first(wrong), 4096)));
        String forged = "v=" + Base64.getEncoder().encodeToString(new byte[32]);
        assertThatThrownBy(() -> wrong.answer(encode(forged))).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void serverThatWantsToKeepUsBusyShouldBeRefused() {
        Mechanism scram = choose(JOE);
        assertThatThrownBy(() -> scram.answer(encode(serverFirst(first(scram), Integer.MAX_VALUE))))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("rounds");
    }

    @Test
    void challengeThatMakesNoSenseShouldBeRefused() {
        assertThatThrownBy(() -> choose(JOE).answer("%%%")).isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> choose(JOE).answer(encode("nonsense"))).isInstanceOf(AuthenticationException.class);
    }

    private static String first(Mechanism scram) {
        return decode(scram.command().substring("AUTH SCRAM-SHA-256 ".length()));
    }

    private static String serverFirst(String first, int rounds) {
        String nonce = first.substring(first.indexOf(",r=") + 3);
        return "r=" + nonce + "server,s=" + Base64.getEncoder().encodeToString(SALT) + ",i=" + rounds;
    }

    private static byte[] signature(String first, String serverFirst, String clientFinal) throws Exception {
        String bare = ClientFirstMessage.parseFrom(first).toString().substring("n,,".length());
        String all = bare + "," + serverFirst + "," + clientFinal.substring(0, clientFinal.indexOf(",p="));
        byte[] salted = ScramFunctions.saltedPassword(
                ScramMechanism.SCRAM_SHA_256, StringPreparation.SASL_PREPARATION, "pencil".toCharArray(), SALT, 4096);
        byte[] key = ScramFunctions.serverKey(ScramMechanism.SCRAM_SHA_256, salted);
        return ScramFunctions.serverSignature(ScramMechanism.SCRAM_SHA_256, key, all);
    }

    private static Mechanism choose(Credentials credentials) {
        return Mechanism.choose(credentials, Set.of("SCRAM-SHA-256"), false).orElseThrow();
    }

    private static String chosen(Credentials credentials, boolean proven, String... offered) {
        return Mechanism.choose(credentials, Set.of(offered), proven)
                .map(Mechanism::name)
                .orElse("none");
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
