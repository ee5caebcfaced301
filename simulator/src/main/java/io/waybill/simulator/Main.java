package io.waybill.simulator;

import io.waybill.simulator.Simulation.Plan;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** {@code ./waybill simulate}: lives life after life, or one again, and tells what was broken. */
public final class Main {

  private static final String HELP =
      """
      ./waybill simulate [--seed N] [--schedules N] [--minutes M] [--coverage]
      Lives whole lives of the control plane in one thread and in virtual time: servers, robots and a
      worker, while calls fail, answers get lost, processes die and clocks jump. Needs nothing else.
        --schedules N   so many lives (1000), with seeds from --seed on
        --minutes M     lives for so long instead
        --seed N        the first seed; without --schedules and --minutes only this one, told line by line
        --coverage      prints at the end where calls were broken, how, and how often
      Ends with 0 when every life ended well; with 1 when one did not: its shortest story is printed, and
      the same seed tells it again on every machine.
      """;

  private static final int SHRINKING = 3000;

  private Main() {}

  /** What was asked for; one of the three may be missing. */
  private record Wish(
      Optional<Long> seed, Optional<Long> schedules, Optional<Long> minutes, boolean coverage) {}

  public static void main(String... args) {
    System.exit(run(List.of(args), System.out, System.err));
  }

  /** The exit code: 0 all well, 1 something broke, 2 not understood. */
  static int run(List<String> args, PrintStream out, PrintStream err) {
    if (args.contains("--help") || args.contains("help")) {
      out.print(HELP);
      return 0;
    }
    Wish wish;
    try {
      wish =
          new Wish(
              number(args, "--seed"),
              number(args, "--schedules"),
              number(args, "--minutes"),
              args.contains("--coverage"));
      understood(args);
    } catch (IllegalArgumentException wrong) {
      err.println("waybill simulate: " + wrong.getMessage() + "; see: ./waybill simulate --help");
      return 2;
    }
    boolean single =
        wish.seed().isPresent() && wish.schedules().isEmpty() && wish.minutes().isEmpty();
    return single ? tell(wish.seed().get(), out) : live(wish, out);
  }

  private static Optional<Long> number(List<String> args, String option) {
    int at = args.indexOf(option);
    if (at < 0) {
      return Optional.empty();
    }
    String value = at + 1 < args.size() ? args.get(at + 1) : "";
    if (!value.matches("-?[0-9]{1,18}")) {
      throw new IllegalArgumentException(option + " needs a whole number, not '" + value + "'");
    }
    return Optional.of(Long.valueOf(value));
  }

  private static void understood(List<String> args) {
    for (int i = 0; i < args.size(); i += args.get(i).equals("--coverage") ? 1 : 2) {
      if (!List.of("--seed", "--schedules", "--minutes", "--coverage").contains(args.get(i))) {
        throw new IllegalArgumentException("unknown option " + args.get(i));
      }
    }
  }

  private static int tell(long seed, PrintStream out) {
    Tally tally = new Tally();
    Optional<String> broken = Simulation.live(seed, Plan.SMALL.told(out::println), tally);
    out.println(broken.map(what -> "BROKEN: " + what).orElse("Everything ended well."));
    broken.ifPresent(what -> tellShortest(seed, out));
    return broken.isEmpty() ? 0 : 1;
  }

  private static void tellShortest(long seed, PrintStream out) {
    out.println();
    out.println("The shortest story that breaks the same thing (seed " + seed + "):");
    Simulation.shortest(seed, Plan.SMALL, SHRINKING).forEach(line -> out.println("  " + line));
  }

  private static int live(Wish wish, PrintStream out) {
    long first = wish.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong(1L << 40));
    long most = wish.schedules().orElse(wish.minutes().isPresent() ? Long.MAX_VALUE : 1000);
    Instant begun = Instant.now();
    Instant end = wish.minutes().map(m -> begun.plus(Duration.ofMinutes(m))).orElse(Instant.MAX);
    Tally tally = new Tally();
    out.println("Seeds from " + first + " on.");
    for (long seed = first; tally.lives() < most && Instant.now().isBefore(end); seed++) {
      Optional<String> broken = Simulation.live(seed, Plan.SMALL, tally);
      if (broken.isPresent()) {
        out.println("BROKEN, seed " + seed + ": " + broken.get());
        tellShortest(seed, out);
        return 1;
      }
    }
    long millis = Math.max(1, Duration.between(begun, Instant.now()).toMillis());
    out.println("All ended well: " + tally + ".");
    out.println(tally.lives() * 1000 / millis + " lives a second.");
    if (wish.coverage()) {
      tally.reached().forEach(out::println);
      out.println("Never broken: " + tally.never());
    }
    return 0;
  }
}
