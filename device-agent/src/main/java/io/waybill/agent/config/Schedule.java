package io.waybill.agent.config;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How fast the daemon may send, by the time of the week and this machine's own clock. The first
 * line that covers a moment counts; where none does, the usual limit.
 */
public final class Schedule {

  private static final Pattern SLOT =
      Pattern.compile("(?:([a-z]{3})(?:-([a-z]{3}))? )?(\\d{2}:\\d{2})-(\\d{2}:\\d{2})");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  /**
   * A speed.
   *
   * @param bytesPerSecond of all uploads together, 0 for no limit
   * @param paused whether no part is started
   */
  public record Rate(long bytesPerSecond, boolean paused) {
    private static final Rate PAUSED = new Rate(0, true);
  }

  /** A span of time that may go past midnight, and then belongs to the day on which it begins. */
  private record Slot(Set<DayOfWeek> days, LocalTime from, LocalTime to, Rate rate) {
    boolean covers(LocalDateTime at) {
      LocalTime time = at.toLocalTime();
      DayOfWeek today = at.getDayOfWeek();
      if (from.isBefore(to)) {
        return days.contains(today) && !time.isBefore(from) && time.isBefore(to);
      }
      return (days.contains(today) && !time.isBefore(from))
          || (days.contains(today.minus(1)) && time.isBefore(to));
    }
  }

  private final List<Slot> slots;
  private final Rate usual;

  private Schedule(List<Slot> slots, Rate usual) {
    this.slots = List.copyOf(slots);
    this.usual = usual;
  }

  /**
   * Reads {@code limits.schedule}.
   *
   * @param usualBytesPerSecond where no line says otherwise, 0 for no limit
   */
  static Schedule of(Map<Given, Given> lines, long usualBytesPerSecond) {
    List<Slot> slots = new ArrayList<>();
    lines.forEach((when, rate) -> slots.add(slot(when, rate)));
    return new Schedule(slots, new Rate(usualBytesPerSecond, false));
  }

  private static Slot slot(Given when, Given rate) {
    Matcher slot = SLOT.matcher(when.text().toLowerCase(Locale.ROOT));
    if (slot.matches()) {
      try {
        return new Slot(
            days(slot.group(1), slot.group(2), when),
            LocalTime.parse(slot.group(3)),
            LocalTime.parse(slot.group(4).equals("24:00") ? "00:00" : slot.group(4)),
            rate(rate));
      } catch (DateTimeException e) {
        // said below
      }
    }
    throw when.not("is a time such as 22:00-06:00, or mon-fri 08:00-18:00");
  }

  private static Set<DayOfWeek> days(@Nullable String first, @Nullable String last, Given when) {
    if (first == null) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    int from = DAYS.indexOf(first);
    int to = last == null ? from : DAYS.indexOf(last);
    if (from < 0 || to < 0) {
      throw when.not("has days such as mon or mon-fri");
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (int day = from; ; day = (day + 1) % DAYS.size()) {
      days.add(DayOfWeek.of(day + 1));
      if (day == to) {
        return days;
      }
    }
  }

  private static Rate rate(Given given) {
    return given.text().equals("pause") ? Rate.PAUSED : new Rate(Limits.rate(given), false);
  }

  /** What counts at a moment of this machine's clock. */
  public Rate at(LocalDateTime moment) {
    return slots.stream()
        .filter(slot -> slot.covers(moment))
        .map(Slot::rate)
        .findFirst()
        .orElse(usual);
  }
}
