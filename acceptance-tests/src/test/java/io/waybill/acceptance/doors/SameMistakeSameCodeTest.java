package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mistake is named by the same code at both doors, and costs nobody anything. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class SameMistakeSameCodeTest {
  private final Site site;
  private final Api asRobot;
  private final Api everything;
  private final Device robot;
  private final List<Door> doors;
  private final TwoPartUpload.Begun open;
  private final Strangers strangers;
  private final long tasks;

  SameMistakeSameCodeTest(Site site) {
    this.site = site;
    this.asRobot = TwoPartUpload.robot17(site);
    this.everything = TwoPartUpload.everything(site);
    this.robot = Device.robot17(site.configuration());
    this.doors = List.of(Door.mqtt(robot), Door.http("HTTP", asRobot));
    this.open = TwoPartUpload.begin(doors.getFirst(), "open");
    this.strangers = Strangers.at(site);
    this.tasks = tasks();
  }

  Stream<Mistake> mistakes() {
    return Stream.concat(NewTaskMistakes.all(), new SessionMistakes(open, strangers).all());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void is_refused_at_both_doors(Mistake mistake) {
    doors.forEach(mistake::isRefusedAt);
  }

  @AfterAll
  void nothing_is_lost_and_both_doors_still_serve() {
    assertThat(tasks()).as("tasks made by mistake").isEqualTo(tasks);
    for (Door door : doors) {
      assertThat(TwoPartUpload.status(door, open)).isIn("INITIATED", "UPLOADING");
      TwoPartUpload.send(door, everything, open, doors.indexOf(door) + 1);
    }
    doors.getLast().result("complete_upload", open.itself());
    TwoPartUpload.assertStored(everything, open);
    robot.close();
    asRobot.close();
    everything.close();
  }

  private long tasks() {
    return site.database().count("select count(*) from upload_tasks");
  }
}
