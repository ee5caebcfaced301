package io.waybill.acceptance.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Command;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.Tools;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands of {@code docs/receipts.md} make a key, and verify what it has signed. */
@Timeout(300)
class ReceiptsPageTest {
  private static final Page PAGE = Page.of("docs/receipts.md");
  private static final byte[] FILE = "what the robot saw".getBytes(UTF_8);

  @TempDir private Path folder;

  @Test
  void a_receipt_is_verified_before_and_after_the_key_was_changed() throws Exception {
    String missing = Tools.missing("sh", "curl", "jq", "openssl", "awk", "base64", "sha256sum");
    assumeTrue(missing.isEmpty(), missing);
    try (Site site = Site.open(folder)) {
      Path first = newKey("first");
      Program before = site.controlApi(Map.of("WAYBILL_RECEIPT_KEY", first + "/receipt-key.pem"));
      String session = uploaded(site);
      Path mine = Files.createDirectory(folder.resolve("mine"));

      List<String> said = page(site, session, mine, "sh receipt", "sh verify", "sh parts");
      assertThat(said)
          .containsExactly(
              "Signature Verified Successfully",
              "[\"%s\",%d,\"none\"]".formatted(session, FILE.length),
              "made of these parts");
      String handedOut = Files.readString(mine.resolve("receipt.jws"));

      before.close();
      Path second = newKey("second");
      site.controlApi(
          Map.of(
              "WAYBILL_RECEIPT_KEY",
              second + "/receipt-key.pem",
              "WAYBILL_RECEIPT_OLD_KEYS",
              first + "/receipt-key.pub.pem"));
      assertThat(page(site, session, mine, "sh verify")).startsWith(said.getFirst());
      assertThat(page(site, session, mine, "sh receipt", "sh verify")).startsWith(said.getFirst());
      assertThat(Files.readString(mine.resolve("receipt.jws"))).isNotEqualTo(handedOut);
      assertThat(logs()).doesNotContain(secretOf(first), secretOf(second));
    }
  }

  private Path newKey(String name) throws Exception {
    Path keys = Files.createDirectory(folder.resolve(name));
    run(keys, Map.of(), String.join("\n", PAGE.blocks("sh key")));
    return keys;
  }

  private static String secretOf(Path keys) throws Exception {
    return Files.readAllLines(keys.resolve("receipt-key.pem")).get(1);
  }

  private String logs() throws Exception {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path log : files.filter(path -> path.toString().endsWith(".log")).toList()) {
        all.append(Files.readString(log));
      }
    }
    return all.toString();
  }

  /** A whole upload of one part; the id of its session. */
  private static String uploaded(Site site) {
    try (Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      JsonNode object =
          api.post(
                  "/v1/projects/" + DevelopmentIdentities.PROJECT + "/upload-tasks",
                  """
                  {"objects": [{"object_name": "run.txt", "file_size_bytes": %d}], "presign": {"first": 1}}
                  """
                      .formatted(FILE.length))
              .ok()
              .at("/objects/0");
      api.put(object.at("/presigned/parts/0/url").asString(), FILE);
      String session = object.path("session_id").asString();
      api.post("/v1/uploads/" + session + "/complete", "{}").ok();
      return session;
    }
  }

  private List<String> page(Site site, String session, Path in, String... blocks) throws Exception {
    List<String> lines = new ArrayList<>(List.of("set -e"));
    for (String block : blocks) {
      lines.addAll(PAGE.blocks(block));
    }
    return run(
        in,
        Map.of(
            "API", site.api().toString(), "KEY", DevelopmentIdentities.API_KEY, "SESSION", session),
        String.join("\n", lines));
  }

  private static List<String> run(Path in, Map<String, String> environment, String script)
      throws Exception {
    return Command.of("sh", "-c", "set -e\n" + script)
        .in(in)
        .with(environment)
        .print()
        .lines()
        .toList();
  }
}
