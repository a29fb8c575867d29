package org.postern.administration;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The usual types of settings. */
public final class SettingTypes {

    /** Any text. */
    public static final SettingType<String> TEXT = new SettingType<>("text", Function.identity());

    /** {@code true} or {@code false}. */
    public static final SettingType<Boolean> FLAG = new SettingType<>("true or false", SettingTypes::readFlag);

    /** A TCP port; 0 stands for any free one. */
    public static final SettingType<Integer> PORT =
            new SettingType<>("a port from 0 to 65535", text -> readWhole(text, 0, 65_535));

    /** A length of time: seconds, or a number with s, m, h or d. */
    public static final SettingType<Duration> DURATION =
            new SettingType<>("a time in seconds, or such as 90s, 5m, 2h or 3d", SettingTypes::readDuration);

    /** A number of octets, or a number with K, M or G (powers of 1024). */
    public static final SettingType<Long> SIZE =
            new SettingType<>("a size in octets, or such as 64K, 20M or 1G", SettingTypes::readSize);

    private static final Pattern DURATION_FORM = Pattern.compile("(\\d{1,9})\\s*([smhd]?)");
    private static final Pattern SIZE_FORM = Pattern.compile("(\\d{1,12})\\s*([kKmMgG]?)[bB]?");

    private SettingTypes() {}

    /** {@return whole numbers from a least to a greatest one} */
    public static SettingType<Integer> number(int least, int greatest) {
        String legal = "a whole number from " + least + " to " + greatest;
        return new SettingType<>(legal, text -> readWhole(text, least, greatest));
    }

    /** {@return the constants of an enum, in any case} */
    public static <E extends Enum<E>> SettingType<E> choice(Class<E> constants) {
        String legal =
                Arrays.stream(constants.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
        return new SettingType<>("one of " + legal, text -> Enum.valueOf(constants, text.toUpperCase(Locale.ROOT)));
    }

    /** {@return a list of what another type reads, separated by commas; without repetitions, empty for empty text} */
    public static <T> SettingType<List<T>> listOf(SettingType<T> element) {
        return new SettingType<>("a comma-separated list, each entry " + element.legal(), text -> {
            var values = new LinkedHashSet<T>();
            for (String entry : text.split(",")) {
                if (!entry.isBlank()) {
                    values.add(element.read(entry.trim()));
                }
            }
            return List.copyOf(values);
        });
    }

    /** {@return what another type reads, or nothing for empty text} */
    public static <T> SettingType<Optional<T>> optional(SettingType<T> type) {
        return new SettingType<>(
                type.legal() + ", or empty", text -> text.isEmpty() ? Optional.empty() : Optional.of(type.read(text)));
    }

    private static boolean readFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static int readWhole(String text, int least, int greatest) {
        int value = Integer.parseInt(text);
        if (value < least || value > greatest) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    private static Duration readDuration(String text) {
        Matcher form = match(DURATION_FORM, text);
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }

    private static long readSize(String text) {
        Matcher form = match(SIZE_FORM, text);
        long number = Long.parseLong(form.group(1));
        return switch (form.group(2).toUpperCase(Locale.ROOT)) {
            case "K" -> number << 10;
            case "M" -> number << 20;
            case "G" -> number << 30;
            default -> number;
        };
    }

    private static Matcher match(Pattern form, String text) {
        Matcher matcher = form.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not of this form");
        }
        return matcher;
    }
}
