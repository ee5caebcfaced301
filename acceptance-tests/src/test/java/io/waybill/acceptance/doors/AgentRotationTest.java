package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** An operator rotates the credential of a device, and its daemon goes on with another one. */
@Timeout(300)
@ExtendWith(SharedSite.class)
class AgentRotationTest {
  private static final String DEVICES = "/v1/projects/" + TwoPartUpload.PROJECT + "/devices";

  private final Site site;
  @TempDir private Path folder;
  private Api admin;
  private UUID device = new UUID(0, 0);
  private Path credential = Path.of("");

  AgentRotationTest(Site site) {
    this.site = site;
    this.admin = new Api(site.api(), DevelopmentIdentities.API_KEY);
  }

  /** A moment of a rotation, as the disk shows it. */
  enum Moment {
    ASKED,
    FETCHED,
    SETTLED
  }

  @BeforeEach
  void register() throws IOException {
    String code = "rotates-" + UUID.randomUUID().toString().substring(0, 8);
    JsonNode made =
        admin
            .post(DEVICES, "{\"name\": \"%s\", \"device_code\": \"%s\"}".formatted(code, code))
            .ok();
    device = UUID.fromString(made.at("/device/device_id").asString());
    admin.post(DEVICES + "/" + device + "/grant", "").ok();
    credential = Files.createDirectories(folder.resolve("state")).resolve("credential");
    Files.writeString(credential, made.at("/credential/credential_material").asString());
    Files.setPosixFilePermissions(credential, PosixFilePermissions.fromString("rw-------"));
    Files.createDirectories(folder.resolve("data"));
  }

  @AfterEach
  void leave() {
    site.store().holdAfter(Long.MAX_VALUE);
    admin.close();
  }

  @Test
  void in_the_middle_of_an_upload_nothing_is_lost_and_the_old_one_ends() throws IOException {
    String old = secret();
    long before = site.store().partBytes();
    Sample sample = drop(4);
    site.store().holdAfter(before + sample.sizeBytes() / 2);
    List<String> resentBefore = site.store().resent();
    Program agent = run();
    site.store().awaitPartBytes(before + sample.sizeBytes() / 4, agent);

    rotate();
    await(agent).until(() -> !secret().equals(old));
    assertThat(completed()).as("changed over while it was under way").isEmpty();
    site.store().holdAfter(Long.MAX_VALUE);
    await(agent).until(() -> completed().size() == 1);

    assertThat(agent.output()).contains("the new credential has connected; the old one is let go");
    assertThat(site.store().resent()).isEqualTo(resentBefore);
    assertThat(live()).as("its own, and nobody's else").containsExactly("3");
    try (Api with = new Api(site.api(), secret());
        Api without = new Api(site.api(), old)) {
      assertThat(with.get("/v1/describe").status()).isEqualTo(200);
      assertThat(without.get("/v1/describe").status()).isEqualTo(401);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credential)))
        .isEqualTo("rw-------");
    assertThat(next()).doesNotExist();
    assertThat(agent.stop()).isIn(0, 143);
    assertThat(agent.output()).doesNotContain(old, secret());
  }

  @Test
  void a_machine_that_was_away_hears_of_it_when_it_comes_back() throws IOException {
    String old = secret();
    Program before = run();
    await(before).until(this::isOnline);
    assertThat(before.stop()).isIn(0, 143);
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !isOnline());

    rotate();
    awaitTold(); // to nobody, for the broker keeps nothing for who is away
    Program back = run();
    await(back).until(() -> !secret().equals(old) && Files.notExists(next()));
    try (Api with = new Api(site.api(), secret());
        Api without = new Api(site.api(), old)) {
      assertThat(with.get("/v1/describe").status()).isEqualTo(200);
      assertThat(without.get("/v1/describe").status()).isEqualTo(401);
    }
    assertThat(live()).as("what it has asked for itself").containsExactly("3");
    assertThat(back.stop()).isIn(0, 143);
  }

  /** Whatever was to be said of its credential by now is with the broker. */
  private void awaitTold() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() ->
            site.database()
                    .count(
                        "select count(*) from outbox_events e where aggregate_id = ?"
                            + " and type = 'device.credential_rotating' and exists (select 1 from"
                            + " outbox_deliveries d where d.event_position = e.position"
                            + " and d.sink = 'mqtt' and d.status = 'DELIVERED')",
                        device)
                == 1);
  }

  @ParameterizedTest
  @EnumSource
  void killed_at_any_moment_it_has_a_credential_that_is_good(Moment moment) throws IOException {
    String old = secret();
    Program agent = run();
    await(agent).until(this::isOnline);
    rotate();
    await(agent).pollInterval(Duration.ofMillis(1)).until(() -> reached(moment, old));
    agent.kill();

    Sample sample = drop(1);
    Program next = run();
    await(next).until(() -> completed().size() == 1 && !secret().equals(old));
    await(next).until(() -> live().size() == 1 && Files.notExists(next()));
    try (Api with = new Api(site.api(), secret())) {
      assertThat(with.get("/v1/describe").status()).as(next.output()).isEqualTo(200);
    }
    assertThat(sample.file()).exists();
    assertThat(next.stop()).isIn(0, 143);
  }

  private boolean reached(Moment moment, String old) throws IOException {
    return switch (moment) {
      case ASKED -> Files.exists(next()) || !secret().equals(old);
      case FETCHED -> size(next()) > 0 || !secret().equals(old);
      case SETTLED -> !secret().equals(old);
    };
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  private Path next() {
    return credential.resolveSibling("credential.next");
  }

  private String secret() {
    try {
      return Files.readString(credential).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void rotate() {
    admin.post(DEVICES + "/" + device + "/credentials/rotate", "{}").ok();
  }

  private boolean isOnline() {
    return admin.get(DEVICES + "/" + device).ok().path("online").asBoolean();
  }

  private Sample drop(int parts) throws IOException {
    Sample fresh = Sample.ofParts(folder.resolve("fresh"), parts);
    Path file = folder.resolve("data").resolve("run.mcap");
    Files.move(fresh.file(), file);
    return new Sample(file, fresh.sizeBytes(), fresh.sha256());
  }

  private Program run() {
    return site.agent(
        folder.resolve("state"),
        Map.of(
            "WAYBILL_DEVICE_ID",
            device.toString(),
            "WAYBILL_DEVICE_CREDENTIAL_FILE",
            credential.toString(),
            "WAYBILL_AGENT_WATCH",
            "{directory: " + folder.resolve("data") + ", settle: rename}"),
        "run");
  }

  private List<String> completed() {
    return site.database()
        .texts(
            "select id from upload_sessions where source_device_id = ? and status = 'COMPLETED'",
            device);
  }

  private List<String> live() {
    return site.database()
        .texts(
            "select credential_version from device_credentials where device_id = ?"
                + " and revoked_at is null order by credential_version",
            device);
  }

  private static ConditionFactory await(Program agent) {
    Callable<Boolean> alive = () -> !agent.isAlive();
    return Awaitility.await().atMost(Duration.ofMinutes(2)).failFast(alive);
  }
}
