package io.waybill.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TwoRoadsTest {

  /** Answers with its own name; can be cut. */
  private static final class Road implements ControlPlane {
    private final String name;
    private boolean cut;
    private boolean knowsUs = true;
    private int asked;

    Road(String name) {
      this.name = name;
    }

    @Override
    public <R> Answer<R> ask(Question<R> question) throws UnreachableException {
      asked++;
      if (cut) {
        throw new UnreachableException(name + " is cut");
      }
      String code = knowsUs ? name : "mqtt.identity_refused";
      return new Answer.Refused<>(new ErrorBody(code, "", Map.of(), false, null));
    }

    @Override
    public String address() {
      return name;
    }

    @Override
    public String trouble() {
      return name;
    }

    @Override
    public void close() {}
  }

  private final Road mqtt = new Road("mqtt");
  private final Road http = new Road("http");
  private final List<String> said = new ArrayList<>();
  private long now;
  private final TwoRoads roads = new TwoRoads(mqtt, http, () -> now, said::add);

  private String ask() throws Exception {
    Question<Result.Session> any = Question.status(new UUID(0, 1), new UUID(0, 2));
    return ((Answer.Refused<Result.Session>) roads.ask(any)).error().code();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void a_blocked_road_is_left_for_the_other_and_not_asked_each_time() throws Exception {
    assertThat(ask()).isEqualTo("mqtt");
    mqtt.cut = true;

    assertThat(ask()).isEqualTo("http");
    assertThat(ask()).isEqualTo("http");

    assertThat(mqtt.asked).isEqualTo(2);
    assertThat(said).containsExactly("going on over http");
    assertThat(roads.address()).isEqualTo("http");
  }

  @Test
  void the_preferred_road_is_tried_again_later_and_later_and_taken_when_it_is_open()
      throws Exception {
    mqtt.cut = true;
    ask();
    pass(Duration.ofSeconds(31));
    ask();
    pass(Duration.ofSeconds(31));
    ask();
    assertThat(mqtt.asked).isEqualTo(2);

    mqtt.cut = false;
    pass(Duration.ofSeconds(31));
    assertThat(ask()).isEqualTo("mqtt");
    assertThat(ask()).isEqualTo("mqtt");
    assertThat(said).containsExactly("going on over http", "going on over mqtt");
  }

  @Test
  void a_road_that_breaks_while_the_other_is_blocked_leads_back() throws Exception {
    mqtt.cut = true;
    ask();
    mqtt.cut = false;
    http.cut = true;

    assertThat(ask()).isEqualTo("mqtt");
  }

  @Test
  void another_road_that_does_not_know_us_is_not_taken_while_the_preferred_one_is_cut()
      throws Exception {
    mqtt.cut = true;
    http.knowsUs = false;
    assertThatThrownBy(this::ask)
        .isInstanceOf(UnreachableException.class)
        .hasMessageContainingAll("mqtt is cut", "http: mqtt.identity_refused");
    assertThat(roads.address()).isEqualTo("mqtt");
    assertThat(said).isEmpty();

    mqtt.cut = false;
    assertThat(ask()).isEqualTo("mqtt");
  }

  @Test
  void a_road_that_knew_us_and_does_no_more_is_believed() throws Exception {
    mqtt.cut = true;
    ask();

    http.knowsUs = false;
    assertThat(ask()).isEqualTo("mqtt.identity_refused");
  }

  @Test
  void the_preferred_road_is_believed() throws Exception {
    mqtt.knowsUs = false;
    assertThat(ask()).isEqualTo("mqtt.identity_refused");
  }

  @Test
  void both_blocked_is_told_of_both() {
    mqtt.cut = true;
    http.cut = true;

    assertThatThrownBy(this::ask)
        .isInstanceOf(UnreachableException.class)
        .hasMessageContainingAll("mqtt is cut", "http is cut");
  }
}
