package io.waybill.acceptance.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.traces.CollectorStub.Manner;
import io.waybill.acceptance.traces.CollectorStub.Told;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A request is told as one tree, whoever is told nothing costs nothing, and nobody waits. */
@Timeout(300)
class TracesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String PROJECT = "/v1/projects/" + DevelopmentIdentities.PROJECT;
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";
  private static final String TASK =
      """
      {"objects": [{"dataset_name": "hidden-task", "object_name": "hidden-name.bin",
        "file_size_bytes": 11534336}], "presign": {"first": 2}}\
      """;
  private static final Pattern INSIDE =
      Pattern.compile("sql [a-z_.]+|s3 [a-z_]+|usecase [A-Za-z]+");

  @TempDir private Path folder;

  @Test
  void one_request_is_one_tree_that_hangs_on_its_caller() {
    try (CollectorStub collector = CollectorStub.open(Manner.TAKES);
        Site site = Site.open(folder)) {
      Program program = site.controlApi(collector.asEnvironment());
      JsonNode task = create(site, "01").ok();

      String name = "POST /v1/projects/{project_id}/upload-tasks";
      await()
          .atMost(PATIENCE)
          .until(() -> collector.of(TRACE).stream().anyMatch(span -> span.name().equals(name)));
      List<Told> spans = collector.of(TRACE);
      List<Told> roots = spans.stream().filter(span -> span.parentId().equals(CALLER)).toList();
      assertThat(roots).singleElement().extracting(Told::name).isEqualTo(name);
      Told root = roots.getFirst();
      assertThat(root.service()).isEqualTo("waybill-control-api");
      assertThat(root.attributes())
          .containsEntry("http.response.status_code", "201")
          .containsEntry("waybill.tenant_id", DevelopmentIdentities.TENANT.toString())
          .containsEntry("waybill.project_id", DevelopmentIdentities.PROJECT.toString());
      hangsTogether(root, spans);
      assertThat(spans).extracting(Told::name).contains("s3 create", "sql commit");
      Told useCase = only("usecase CreateUploadTask", spans);
      assertThat(useCase.parentId()).isEqualTo(root.id());
      assertThat(only("s3 create", spans).parentId()).isEqualTo(useCase.id());
      saysNoSecret(spans, task);
      assertThat(program.output()).contains("trace_id\":\"" + TRACE);
      await()
          .atMost(PATIENCE)
          .until(() -> number(program, "trace_spans_exported_total") >= spans.size());
    }
  }

  private static Told only(String name, List<Told> spans) {
    List<Told> found = spans.stream().filter(span -> span.name().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  private static void hangsTogether(Told root, List<Told> spans) {
    Set<String> ids = spans.stream().map(Told::id).collect(Collectors.toSet());
    assertThat(ids).hasSameSizeAs(spans);
    for (Told span : spans) {
      if (!span.equals(root)) {
        assertThat(span.parentId()).as(span.name()).isIn(ids);
        assertThat(span.name()).matches(INSIDE);
      }
    }
  }

  private static void saysNoSecret(List<Told> spans, JsonNode task) {
    assertThat(task.toString()).contains("X-Amz-Signature");
    assertThat(spans.toString())
        .doesNotContain(
            "wb_dev", "://", "X-Amz", "hidden-name", "hidden-task", "select ", "insert ", "?");
  }

  @Test
  void what_its_caller_does_not_tell_is_not_told_and_has_its_id_in_the_log() {
    try (CollectorStub collector = CollectorStub.open(Manner.TAKES);
        Site site = Site.open(folder)) {
      Program program = site.controlApi(collector.asEnvironment());
      create(site, "00").ok();
      assertThat(anybody(site).get("/v1/no-such-thing").status()).isEqualTo(404);

      await()
          .atMost(PATIENCE)
          .until(
              () -> collector.all().stream().anyMatch(span -> span.name().equals("GET unmatched")));
      assertThat(collector.of(TRACE)).isEmpty();
      assertThat(program.output()).contains("trace_id\":\"" + TRACE);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Manner.class,
      names = {"REFUSES", "NEVER_ANSWERS"})
  void a_collector_that_is_no_help_costs_spans_and_no_answers(Manner manner) {
    try (CollectorStub collector = CollectorStub.open(manner);
        Site site = Site.open(folder)) {
      Program program = site.controlApi(collector.asEnvironment());

      for (int i = 0; i < 20; i++) {
        create(site, "01").ok();
      }

      await().atMost(PATIENCE).until(() -> number(program, "reason=\"collector\"") > 0);
      assertThat(create(site, "01").status()).isEqualTo(201);
      assertThat(program.stop()).as(program.output()).isIn(0, 143);
    }
  }

  @Test
  void a_collector_that_is_not_there_costs_spans_and_no_answers() {
    try (Site site = Site.open(folder)) {
      Program program =
          site.controlApi(CollectorStub.environment(URI.create("http://127.0.0.1:1")));

      create(site, "01").ok();

      await().atMost(PATIENCE).until(() -> number(program, "reason=\"collector\"") > 0);
      assertThat(create(site, "01").status()).isEqualTo(201);
    }
  }

  @Test
  void nothing_of_the_library_is_loaded_where_nobody_is_told() throws Exception {
    Path classes = folder.resolve("classes.log");
    try (Site site = Site.open(folder)) {
      site.controlApi(
          Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes + ":none:filecount=0"));
      create(site, "01").ok();

      assertThat(Files.readString(classes))
          .contains("io.waybill.core.trace.Tracer")
          .doesNotContain("io.opentelemetry");
    }
  }

  private static Api.Answer create(Site site, String flags) {
    try (Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      return api.with("traceparent", "00-" + TRACE + "-" + CALLER + "-" + flags)
          .post(PROJECT + "/upload-tasks", TASK);
    }
  }

  private static Api anybody(Site site) {
    return new Api(site.api(), "nobody");
  }

  /** The first number on a line of the page of metrics that has this in it. */
  private static double number(Program program, String words) {
    Matcher line =
        Pattern.compile("(?m)^[^#\n]*" + Pattern.quote(words) + "\\S*? ([0-9.E+]+)$")
            .matcher(program.metrics());
    return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
  }
}
