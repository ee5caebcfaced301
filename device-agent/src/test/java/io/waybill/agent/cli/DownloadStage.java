package io.waybill.agent.cli;

import io.waybill.agent.Main;
import io.waybill.agent.testing.FakeLibrary;
import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A folder, a library to fill it from, and the command line between them. */
@Timeout(90)
abstract class DownloadStage {

  static final String PROJECT = "0190a000-0000-7000-8000-000000000002";
  static final int CHUNK = 8 << 20;

  @TempDir Path directory;
  final FakeLibrary library = new FakeLibrary();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    library.close();
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  Map<String, String> environment() {
    Map<String, String> env = new HashMap<>();
    env.put("WAYBILL_API_URL", library.url().toString());
    env.put("WAYBILL_API_KEY", "wb_key");
    env.put("WAYBILL_AGENT_STATE_DIR", directory.resolve("state").toString());
    env.put("WAYBILL_AGENT_PATIENCE_SECONDS", "1");
    return env;
  }

  int agent(String... args) {
    out.reset();
    err.reset();
    return Main.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        environment());
  }

  String said() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }

  String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  JsonNode json() {
    return switch (Json.parse(out.toByteArray())) {
      case Parsed.Read<JsonNode>(JsonNode node) -> node;
      default -> throw new AssertionError("not JSON: " + said());
    };
  }

  /** All that is in the folder, hidden files too. */
  List<String> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
