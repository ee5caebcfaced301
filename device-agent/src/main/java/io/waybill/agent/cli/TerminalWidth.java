package io.waybill.agent.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * How wide the terminal is at this moment: it may be resized at any. The JVM does not tell, the
 * kernel does.
 */
final class TerminalWidth {

  private static final int STDERR = 2;
  private static final long WINDOW_SIZE_LINUX = 0x5413;
  private static final int USUAL = 80;
  private static final int COLUMNS_AT = 2;

  private final @Nullable MethodHandle ioctl;

  TerminalWidth(boolean attended) {
    this.ioctl = attended ? ioctl() : null;
  }

  @SuppressWarnings("restricted") // the launcher gives native access
  private static @Nullable MethodHandle ioctl() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("ioctl")
        .map(function ->
            linker.downcallHandle(
                function,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2)))
        .orElse(null);
  }

  int columns() {
    int asked = asked();
    return asked > 0 ? asked : fromEnvironment();
  }

  private int asked() {
    MethodHandle call = ioctl;
    if (call == null) {
      return 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
      int failed = (int) call.invokeExact(STDERR, WINDOW_SIZE_LINUX, size);
      return failed == 0 ? Short.toUnsignedInt(size.get(ValueLayout.JAVA_SHORT, COLUMNS_AT)) : 0;
    } catch (Throwable e) { // what a method handle declares
      return 0;
    }
  }

  private static int fromEnvironment() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : USUAL;
  }
}
