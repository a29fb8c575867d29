package org.postern.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * What a name server said to one question.
 *
 * @param known whether it knows; else nothing can be concluded
 * @param exists whether the name exists
 * @param records the records of the type that was asked for
 * @param alias where the name leads (CNAME) when no record came along
 * @param timeToLive how long this holds
 */
record Answer(boolean known, boolean exists, List<Record> records, Optional<Name> alias, Duration timeToLive) {

    /** A denial holds for a while (RFC 2308); longer than this would keep a domain unreachable that has just been made. */
    private static final long LONGEST_DENIAL_SECONDS = 3600;

    private static final int MAX_CHAIN = 8;

    static final Answer UNKNOWN = new Answer(false, false, List.of(), Optional.empty(), Duration.ZERO);

    static Answer of(Message response, Name name, int type) {
        int code = response.getHeader().getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            return UNKNOWN;
        }
        List<Record> section = response.getSection(Section.ANSWER);
        List<Record> found = new ArrayList<>();
        Name current = name;
        boolean follows = true;
        boolean isAlias = false;
        long seconds = AnswerCache.LONGEST.toSeconds();
        for (int i = 0; i < MAX_CHAIN && follows; i++) {
            follows = false;
            for (Record record : section) {
                if (!record.getName().equals(current)) {
                    continue;
                }
                if (record.getType() == type) {
                    found.add(record);
                    seconds = Math.min(seconds, record.getTTL());
                } else if (record instanceof CNAMERecord cname && !follows) {
                    seconds = Math.min(seconds, record.getTTL());
                    current = cname.getTarget();
                    follows = true;
                    isAlias = true;
                    break;
                }
            }
        }
        boolean exists = code == Rcode.NOERROR;
        if (found.isEmpty() && (!isAlias || !exists)) {
            seconds = denial(response);
        }
        Optional<Name> alias = found.isEmpty() && exists && isAlias ? Optional.of(current) : Optional.empty();
        return new Answer(true, exists, found, alias, Duration.ofSeconds(seconds));
    }

    private static long denial(Message response) {
        for (Record record : response.getSection(Section.AUTHORITY)) {
            if (record instanceof SOARecord soa) {
                return Math.min(LONGEST_DENIAL_SECONDS, Math.min(soa.getTTL(), soa.getMinimum()));
            }
        }
        // Without it a denial must not be kept (RFC 2308 section 5).
        return 0;
    }
}
