package io.waybill.agent.control;

import java.time.Duration;
import java.util.function.BiFunction;

/** A control plane that is asked again for as long as that can help: see {@link Repetition}. */
public final class PatientControlPlane implements ControlPlane {

  private final ControlPlane inner;
  private final Repetition repetition;

  /**
   * @param waits how long to wait after so many failures in a row, given the server's own wish in
   *     seconds (0 for none)
   * @param onWait told why we wait, when that takes longer than a moment
   */
  public PatientControlPlane(
      ControlPlane inner,
      Patience patience,
      BiFunction<Integer, Long, Duration> waits,
      WaitListener onWait) {
    this.inner = inner;
    this.repetition = new Repetition(new AControlPlane(inner), patience, waits, onWait);
  }

  private record AControlPlane(ControlPlane plane) implements Repetition.Asked {
    @Override
    public String address() {
      return plane.address();
    }

    @Override
    public String trouble() {
      return plane.trouble();
    }
  }

  @Override
  public <R> Answer<R> ask(Question<R> question) throws UnreachableException, InterruptedException {
    return repetition.ask(() -> inner.ask(question));
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
    repetition.close();
    inner.close();
  }
}
