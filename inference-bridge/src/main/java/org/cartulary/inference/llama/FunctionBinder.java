package org.cartulary.inference.llama;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns an interface of C functions into calls, descriptors derived from its Java signatures. */
final class FunctionBinder implements InvocationHandler {
    private static final Object[] NO_ARGUMENTS = {};

    private final Map<Method, MethodHandle> handles = new HashMap<>();

    private FunctionBinder() {}

    /**
     * Binds every method at once, so that a library of another release is refused at start and not in use.
     *
     * @throws LlamaUnavailable naming the first function that the libraries lack
     */
    static <T> T bind(Class<T> functions, SymbolLookup symbols) {
        FunctionBinder binder = new FunctionBinder();
        for (Method method : functions.getDeclaredMethods()) {
            binder.handles.put(method, handle(method, symbols));
        }
        return functions.cast(Proxy.newProxyInstance(functions.getClassLoader(), new Class<?>[] {functions}, binder));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        MethodHandle handle = handles.get(method);
        if (handle == null) {
            throw new UnsupportedOperationException(method.getName());
        }
        return (Object) handle.invokeExact(arguments == null ? NO_ARGUMENTS : arguments);
    }

    @SuppressWarnings("restricted") // calling native code is what this package is for
    private static MethodHandle handle(Method method, SymbolLookup symbols) {
        String symbol = method.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        MemorySegment address = symbols.find(symbol)
                .orElseThrow(() -> new LlamaUnavailable("The llama.cpp libraries have no function " + symbol
                        + ": they are not release " + LlamaRuntime.RELEASE + "; run deploy/cartulary setup."));
        MethodHandle handle = Linker.nativeLinker().downcallHandle(address, descriptor(method));
        return handle.asType(handle.type().generic())
                .asSpreader(Object[].class, handle.type().parameterCount())
                .asType(MethodType.methodType(Object.class, Object[].class));
    }

    private static FunctionDescriptor descriptor(Method method) {
        MemoryLayout[] parameters = Stream.of(method.getParameters())
                .filter(parameter -> parameter.getType() != SegmentAllocator.class)
                .map(FunctionBinder::layout)
                .toArray(MemoryLayout[]::new);
        if (method.getReturnType() == void.class) {
            return FunctionDescriptor.ofVoid(parameters);
        }
        return FunctionDescriptor.of(layout(method.getReturnType(), method.getAnnotation(Struct.class)), parameters);
    }

    private static MemoryLayout layout(Parameter parameter) {
        return layout(parameter.getType(), parameter.getAnnotation(Struct.class));
    }

    private static MemoryLayout layout(Class<?> type, @Nullable Struct struct) {
        if (struct != null) {
            // All structs here exceed 16 bytes, so both supported ABIs pass them in memory whatever their fields are.
            return MemoryLayout.structLayout(MemoryLayout.sequenceLayout(struct.value() / 8, ValueLayout.JAVA_LONG));
        }
        return Arrays.stream(new MemoryLayout[] {
                    ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_BOOLEAN
                })
                .filter(layout -> ((ValueLayout) layout).carrier() == type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No C type for " + type));
    }
}
