package io.waybill.agent.mqtt;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.CommandRoad;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.credential.Rotation;
import java.util.function.Consumer;

/** Of somebody who stays: gets itself a new credential when it is told to. */
public final class RotatingControlPlane implements ControlPlane {

  private final MqttControlPlane inner;
  private final Rotation rotation;

  /**
   * Connects, and rotates from now on.
   *
   * @param road by which commands come
   */
  public RotatingControlPlane(MqttSettings settings, CommandRoad road, Consumer<String> say) {
    this.inner = MqttControlPlane.staying(settings, road);
    this.rotation = new Rotation(settings.credentials(), inner, inner::reconnect, say);
    rotation.start();
  }

  @Override
  public <R> Answer<R> ask(Question<R> question) throws UnreachableException, InterruptedException {
    return inner.ask(question);
  }

  @Override
  public String address() {
    return inner.address();
  }

  @Override
  public String trouble() {
    return inner.trouble();
  }

  @Override
  public void close() {
    rotation.close();
    inner.close();
  }
}
