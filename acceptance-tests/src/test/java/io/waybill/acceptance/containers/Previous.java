package io.waybill.acceptance.containers;

import static java.util.stream.Collectors.toSet;

import io.waybill.acceptance.site.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The commit whose images are upgraded from. */
final class Previous {
  static final String MISSING = "the previous commit is not in this clone";

  private static final String SCHEMA =
      "upload-postgres/src/main/resources/io/waybill/postgres/migration";

  private Previous() {}

  /**
   * Its files in a folder of their own. It is the newest commit whose migrations are some of
   * today's and not all, because that is the upgrade in which something happens; in a clone that
   * does not reach so far back, the one before this one. {@code WAYBILL_TEST_PREVIOUS} names
   * another.
   */
  static Optional<Path> checkOut(Path folder) throws Exception {
    Optional<String> commit = commit();
    if (commit.isEmpty()) {
      return Optional.empty();
    }
    Path tar = folder.resolve("previous.tar");
    Path checkout = Files.createDirectory(folder.resolve("previous"));
    Composed.run(Checkout.ROOT, git("archive", "-o", tar.toString(), commit.get()));
    Composed.run(checkout, "tar", "-xf", tar.toString());
    // A minute that only makes it start faster.
    Files.writeString(
        checkout.resolve("images/train.sh"),
        """
        #!/bin/sh
        set -eu
        mkdir -p /opt/trained
        for cache in control-api gateway agent; do : >/opt/trained/$cache.aot; done
        """);
    // Nor has anybody to check it again, which takes most of a build.
    Path pom = checkout.resolve("pom.xml");
    Files.writeString(
        pom, Files.readString(pom).replaceAll("<arg>-Xplugin:ErrorProne[^<]*</arg>", ""));
    return Optional.of(checkout);
  }

  private static Optional<String> commit() {
    String named = System.getenv("WAYBILL_TEST_PREVIOUS");
    if (named != null) {
      return Optional.of(named);
    }
    Set<String> today = migrations("HEAD");
    String changes = Composed.says(Checkout.ROOT, git("log", "--format=%H", "--", SCHEMA));
    return Stream.concat(
            changes
                .lines()
                .map(change -> change + "~1")
                .filter(Previous::isThere)
                .filter(commit -> {
                  Set<String> then = migrations(commit);
                  return today.containsAll(then) && !then.containsAll(today);
                }),
            Stream.of("HEAD~1").filter(Previous::isThere))
        .findFirst();
  }

  /** The files of the schema, each with what it holds: one that had another name was another. */
  private static Set<String> migrations(String commit) {
    return Composed.says(Checkout.ROOT, git("ls-tree", "-r", commit, "--", SCHEMA))
        .lines()
        .collect(toSet());
  }

  private static boolean isThere(String commit) {
    return Composed.says(Checkout.ROOT, git("rev-parse", "-q", "--verify", commit + "^{commit}"))
        .matches("[0-9a-f]{40,64}");
  }

  /** Whoever owns the clone: CI's need not be who runs the tests. */
  private static String[] git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*"));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }
}
