package io.waybill.acceptance.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A program that runs to its end. */
record Command(int exitCode, String said) {
  static Command of(Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectInput(new File("/dev/null")).directory(Checkout.ROOT.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return new Command(process.waitFor(), said);
  }

  /** One that must go well; what it says. */
  static String run(String... words) throws IOException, InterruptedException {
    return of(Map.of(), List.of(words)).well();
  }

  String well() {
    assertThat(exitCode).as(said).isZero();
    return said;
  }
}
