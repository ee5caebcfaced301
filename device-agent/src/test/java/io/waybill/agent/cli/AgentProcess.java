package io.waybill.agent.cli;

import io.waybill.agent.Main;
import io.waybill.agent.local.ByteText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The agent as it runs on a machine: a process of its own, in the C locale. */
record AgentProcess(Path directory, Process process) {

  /** How it ended, and what it said. */
  record Ended(int code, String out, String err) {}

  /**
   * Starts it in {@code directory}, which has its state below.
   *
   * @param script the shell that starts it, with {@code exec "$@"} where that happens
   */
  static AgentProcess start(
      Path directory, URI api, Map<String, String> settings, String script, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                script,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("WAYBILL_") || name.equals("LANG"));
    environment.put("LC_ALL", "C");
    environment.put("WAYBILL_AGENT_STATE_DIR", directory.resolve("state").toString());
    environment.put("WAYBILL_AGENT_TRANSPORT", "http");
    environment.put("WAYBILL_API_URL", api.toString());
    environment.put("WAYBILL_AGENT_PATIENCE_SECONDS", "1");
    environment.putAll(settings);
    return new AgentProcess(directory, builder.start());
  }

  Ended ended() throws IOException, InterruptedException {
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running, having said: " + err());
    }
    return new Ended(process.exitValue(), text("out"), err());
  }

  String err() throws IOException {
    return text("err");
  }

  private String text(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(directory.resolve(name));
    String text = ByteText.of(bytes);
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
