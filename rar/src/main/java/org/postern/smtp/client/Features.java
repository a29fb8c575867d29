package org.postern.smtp.client;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.StringTokenizer;
import org.postern.Reply;
import org.postern.smtp.Ascii;

/**
 * What a server announced in its reply to EHLO (RFC 5321 section 4.1.1.1).
 *
 * @param offered the extensions
 * @param maxSize the largest message it takes, in octets; 0 if it named no limit (RFC 1870 section 4)
 * @param mechanisms how it can be told who sends (RFC 4954), in upper case
 */
public record Features(Set<Feature> offered, long maxSize, Set<String> mechanisms) {

    private static final String AUTH = "AUTH";

    /** All that are sure to fit. */
    private static final int MOST_DIGITS = 18;

    /** Those of a server that only knows HELO. */
    public static final Features NONE = new Features(Set.of(), 0);

    /** Copies the set. */
    public Features {
        offered = Set.copyOf(offered);
        mechanisms = Set.copyOf(mechanisms);
    }

    /** Makes those of a server that does not ask who sends. */
    public Features(Set<Feature> offered, long maxSize) {
        this(offered, maxSize, Set.of());
    }

    /**
     * Reads the reply to EHLO.
     *
     * @param reply a positive reply; its first line names the server
     * @return what it announced
     */
    public static Features of(Reply reply) {
        Set<Feature> offered = EnumSet.noneOf(Feature.class);
        long maxSize = 0;
        Set<String> mechanisms = new HashSet<>();
        for (String line : reply.lines().subList(1, reply.lines().size())) {
            StringTokenizer words = new StringTokenizer(line, " ");
            String keyword = words.hasMoreTokens() ? Ascii.upper(words.nextToken()) : "";
            while (keyword.equals(AUTH) && words.hasMoreTokens()) {
                mechanisms.add(Ascii.upper(words.nextToken()));
            }
            Feature feature = Feature.ofKeyword(keyword).orElse(null);
            if (feature == null) {
                continue;
            }
            offered.add(feature);
            if (feature == Feature.SIZE && words.hasMoreTokens()) {
                maxSize = size(words.nextToken());
            }
        }
        return new Features(offered, maxSize, mechanisms);
    }

    /** {@return a size; 0 for what is none} */
    private static long size(String word) {
        boolean isNumber = word.length() <= MOST_DIGITS && Ascii.isNumber(word);
        return isNumber ? Long.parseLong(word) : 0;
    }

    /** {@return these without some, as if they had not been announced} */
    public Features without(Set<String> keywords) {
        if (keywords.isEmpty()) {
            return this;
        }
        Set<Feature> left = new HashSet<>(offered);
        left.removeIf(feature -> keywords.contains(feature.keyword()));
        return new Features(
                left, left.contains(Feature.SIZE) ? maxSize : 0, keywords.contains(AUTH) ? Set.of() : mechanisms);
    }

    /** {@return whether it announced an extension} */
    public boolean offers(Feature feature) {
        return offered.contains(feature);
    }
}
