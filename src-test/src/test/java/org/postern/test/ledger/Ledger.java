package org.postern.test.ledger;

import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Stateless;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postern.InboundMail;

/**
 * A table of a database file that the test names. The database is the server's own; what it commits it hands to the operating
 * system at once (WRITE_DELAY), so that a commit outlives the process.
 */
@Stateless
@DataSourceDefinition(
        name = "java:app/jdbc/ledger",
        className = "org.h2.jdbcx.JdbcDataSource",
        url = "jdbc:h2:file:${" + Ledger.FILE + "};WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;"
                + "INIT=CREATE TABLE IF NOT EXISTS LEDGER(SUBJECT VARCHAR(200))",
        user = "sa",
        password = "",
        maxPoolSize = 64)
public class Ledger {

    /** The system property that names the file, without its ending. */
    public static final String FILE = "postern.test.ledger";

    @Resource(lookup = "java:app/jdbc/ledger")
    private DataSource database;

    /** Adds a row, in the transaction of who calls. */
    public void write(InboundMail mail) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO LEDGER(SUBJECT) VALUES(?)")) {
            insert.setString(1, mail.toMimeMessage(null).getSubject());
            insert.executeUpdate();
        } catch (SQLException | MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
