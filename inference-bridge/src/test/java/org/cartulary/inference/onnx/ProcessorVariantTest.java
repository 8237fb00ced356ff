package org.cartulary.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorVariantTest {
    @Test
    void namesTheKernelsThatTheProcessorGets() {
        assertThat(ProcessorVariant.of("processor\t: 0\nflags\t\t: fpu sse2 avx2 avx512bw avx512_vnni\n"))
                .isEqualTo("avx512_vnni");
        assertThat(ProcessorVariant.of("flags\t\t: fpu sse2 avx2 avx512bw\n")).isEqualTo("avx512bw");
        assertThat(ProcessorVariant.of("flags\t\t: fpu avx2 avx_vnni\n")).isEqualTo("avx_vnni");
        assertThat(ProcessorVariant.of("Features\t: fp asimd\n")).isEqualTo(System.getProperty("os.arch"));
    }
}
