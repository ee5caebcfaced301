package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/states.md} says is refused in a state is refused at both doors, in one word. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class EveryStateTest {
  private static final Map<String, String> COMMANDS =
      Map.of(
          "presign", "presign_parts",
          "acknowledge", "acknowledge_part",
          "list (storage)", "list_parts",
          "pause", "pause_upload",
          "resume", "resume_upload",
          "complete", "complete_upload",
          "abort", "abort_upload",
          "extend", "extend_upload",
          "retry", "retry_object",
          "get", "get_status");

  private final Site site;
  private final Api asRobot;
  private final Api everything;
  private final Device robot;
  private final List<Door> doors;
  private final Map<String, TwoPartUpload.Begun> sessions = new LinkedHashMap<>();

  EveryStateTest(Site site) {
    this.site = site;
    this.asRobot = TwoPartUpload.robot17(site);
    this.everything = TwoPartUpload.everything(site);
    this.robot = Device.robot17(site.configuration());
    this.doors = List.of(Door.mqtt(robot), Door.http("HTTP", asRobot));
    SessionStates states = new SessionStates(site, doors.getFirst(), everything);
    states.all().forEach(state -> sessions.put(state, states.make(state)));
  }

  @AfterAll
  void every_session_is_where_it_was() {
    sessions.forEach((state, upload) ->
        doors.forEach(door -> assertThat(state).startsWith(TwoPartUpload.status(door, upload))));
    robot.close();
    asRobot.close();
    everything.close();
  }

  /** A cell of the page's table that holds a code. */
  record Refusal(String state, String command, String code) {
    @Override
    public String toString() {
      return command + " in " + state;
    }
  }

  Stream<Refusal> refusals() throws IOException {
    List<List<String>> rows =
        Files.readAllLines(Checkout.ROOT.resolve("docs/states.md")).stream()
            .filter(line -> line.startsWith("| "))
            .map(line -> Stream.of(line.split("\\|")).map(String::strip).skip(1).toList())
            .toList();
    List<Refusal> refusals = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      IntStream.range(1, row.size())
          .filter(n -> row.get(n).startsWith("`") && COMMANDS.containsKey(rows.getFirst().get(n)))
          .mapToObj(n -> new Refusal(row.getFirst(), command(rows, n), row.get(n).replace("`", "")))
          .forEach(refusals::add);
    }
    assertThat(refusals).hasSizeGreaterThan(60);
    return refusals.stream().filter(refusal -> sessions.containsKey(refusal.state));
  }

  private static String command(List<List<String>> rows, int column) {
    return COMMANDS.getOrDefault(rows.getFirst().get(column), "");
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void is_refused_at_both_doors_as_the_page_says(Refusal refusal) {
    TwoPartUpload.Begun upload =
        sessions.getOrDefault(refusal.state, new TwoPartUpload.Begun("", "", "", ""));
    String payload =
        refusal.command.equals("retry_object")
            ? TwoPartUpload.retry(upload.task(), upload.object())
            : upload.with(
                refusal.command.equals("list_parts")
                    ? ",\"source\":\"storage\""
                    : TwoPartUpload.bodies().getOrDefault(refusal.command, ""));

    for (Door door : doors) {
      Heard heard = door.ask(refusal.command, payload);
      assertThat(heard.code()).as("%s: %s", door, heard).isEqualTo("upload." + refusal.code);
      assertThat(heard.status()).isIn(0, refusal.code.equals("expired") ? 410 : 409);
      assertThat(refusal.state).startsWith(heard.details().path("current_status").asString());
      if (refusal.code.endsWith("_in_progress")) {
        assertThat(heard.details().path("retry_after_seconds").asInt()).isPositive();
      }
    }
  }

  @Test
  void an_expired_upload_is_extended_or_aborted_at_either_door() {
    SessionStates states = new SessionStates(site, doors.getFirst(), everything);
    for (Door door : doors) {
      TwoPartUpload.Begun saved = states.make("EXPIRED");
      door.result("extend_upload", saved.with(",\"extend_by_seconds\":3600"));
      assertThat(TwoPartUpload.status(door, saved)).isEqualTo("UPLOADING");
      TwoPartUpload.send(door, everything, saved, 1);
      TwoPartUpload.send(door, everything, saved, 2);
      door.result("complete_upload", saved.itself());
      TwoPartUpload.assertStored(everything, saved);

      TwoPartUpload.Begun given = states.make("EXPIRED");
      assertThat(door.result("abort_upload", given.itself()).path("status").asString())
          .isEqualTo("ABORTED");
    }
  }

  @Test
  void a_failed_upload_is_retried_at_either_door_with_another_session() {
    SessionStates states = new SessionStates(site, doors.getFirst(), everything);
    for (Door door : doors) {
      TwoPartUpload.Begun failed = states.make("FAILED");
      String session =
          door.result("retry_object", TwoPartUpload.retry(failed.task(), failed.object()))
              .path("session_id")
              .asString();
      assertThat(UUID.fromString(session)).isNotEqualTo(UUID.fromString(failed.session()));
      assertThat(TwoPartUpload.status(door, failed)).isEqualTo("FAILED");
    }
  }
}
