package io.waybill.agent.doctor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one check came to.
 *
 * @param check its name; scripts rely on it
 * @param trouble of what kind a failure is; null when it is none
 * @param toDo what a person does about it; null where nothing has to be done
 */
public record Finding(
    String check, Level level, String message, @Nullable Trouble trouble, @Nullable String toDo) {

  /** How bad it is. */
  public enum Level {
    OK,
    /** Uploads go on; something is not as it should be. */
    WARN,
    /** Uploads do not get on like this. */
    FAIL
  }

  /** Where a failure has to be mended. */
  public enum Trouble {
    /** On this machine. */
    HERE,
    /** Nobody answers. */
    UNREACHABLE,
    /** Somebody does not let us. */
    REFUSED
  }

  public Finding {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(message, "message");
  }

  public static Finding ok(String check, String message) {
    return new Finding(check, Level.OK, message, null, null);
  }

  public static Finding warn(String check, String message, String toDo) {
    return new Finding(check, Level.WARN, message, null, toDo);
  }

  public static Finding fail(String check, Trouble trouble, String message, String toDo) {
    return new Finding(check, Level.FAIL, message, trouble, toDo);
  }
}
