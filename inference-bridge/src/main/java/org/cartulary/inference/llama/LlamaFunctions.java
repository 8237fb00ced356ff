package org.cartulary.inference.llama;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/**
 * Every C function that this module calls, each declared once. The C name is the Java name with each capital written
 * as underscore and small letter; {@code size_t} is long, pointers are segments. {@link FunctionBinder} binds them.
 * Contracts: {@code llama.h} and {@code ggml-backend.h} of llama.cpp release v0.5.0.
 */
interface LlamaFunctions {
    MemorySegment llamaVersion();

    void llamaBackendInit();

    void ggmlBackendLoadAllFromPath(MemorySegment directory);

    long ggmlBackendDevCount();

    @Struct(StructLayouts.MODEL_PARAMS_BYTES)
    MemorySegment llamaModelDefaultParams(SegmentAllocator allocator);

    @Struct(StructLayouts.CONTEXT_PARAMS_BYTES)
    MemorySegment llamaContextDefaultParams(SegmentAllocator allocator);

    @Struct(StructLayouts.QUANTIZE_PARAMS_BYTES)
    MemorySegment llamaModelQuantizeDefaultParams(SegmentAllocator allocator);

    MemorySegment llamaModelLoadFromFile(
            MemorySegment path, @Struct(StructLayouts.MODEL_PARAMS_BYTES) MemorySegment params);

    void llamaModelFree(MemorySegment model);

    int llamaModelNCtxTrain(MemorySegment model);

    boolean llamaModelHasEncoder(MemorySegment model);

    int llamaModelNEmbdOut(MemorySegment model);

    int llamaModelNClsOut(MemorySegment model);

    boolean llamaModelIsRecurrent(MemorySegment model);

    boolean llamaModelIsHybrid(MemorySegment model);

    MemorySegment llamaModelChatTemplate(MemorySegment model, MemorySegment name);

    MemorySegment llamaModelGetVocab(MemorySegment model);

    int llamaModelQuantize(MemorySegment source, MemorySegment target, MemorySegment params);

    MemorySegment llamaInitFromModel(
            MemorySegment model, @Struct(StructLayouts.CONTEXT_PARAMS_BYTES) MemorySegment params);

    void llamaFree(MemorySegment context);

    void llamaSetNThreads(MemorySegment context, int threads, int batchThreads);

    int llamaNCtx(MemorySegment context);

    int llamaNBatch(MemorySegment context);

    int llamaNUbatch(MemorySegment context);

    int llamaNSeqMax(MemorySegment context);

    int llamaDecode(MemorySegment context, @Struct(StructLayouts.BATCH_BYTES) MemorySegment batch);

    int llamaEncode(MemorySegment context, @Struct(StructLayouts.BATCH_BYTES) MemorySegment batch);

    MemorySegment llamaGetEmbeddingsSeq(MemorySegment context, int sequence);

    MemorySegment llamaGetLogitsIth(MemorySegment context, int index);

    MemorySegment llamaGetMemory(MemorySegment context);

    void llamaMemoryClear(MemorySegment memory, boolean data);

    boolean llamaMemorySeqRm(MemorySegment memory, int sequence, int from, int to);

    void llamaMemorySeqCp(MemorySegment memory, int source, int target, int from, int to);

    int llamaVocabNTokens(MemorySegment vocabulary);

    int llamaVocabGetAttr(MemorySegment vocabulary, int token);

    MemorySegment llamaVocabGetText(MemorySegment vocabulary, int token);

    boolean llamaVocabIsEog(MemorySegment vocabulary, int token);

    int llamaVocabBos(MemorySegment vocabulary);

    int llamaVocabEos(MemorySegment vocabulary);

    int llamaVocabSep(MemorySegment vocabulary);

    boolean llamaVocabGetAddBos(MemorySegment vocabulary);

    boolean llamaVocabGetAddEos(MemorySegment vocabulary);

    boolean llamaVocabGetAddSep(MemorySegment vocabulary);

    int llamaTokenize(
            MemorySegment vocabulary,
            MemorySegment text,
            int textBytes,
            MemorySegment tokens,
            int maxTokens,
            boolean addSpecial,
            boolean parseSpecial);

    int llamaTokenToPiece(
            MemorySegment vocabulary, int token, MemorySegment buffer, int bytes, int leftStrip, boolean special);

    int llamaChatApplyTemplate(
            MemorySegment template,
            MemorySegment messages,
            long count,
            boolean addAssistant,
            MemorySegment buffer,
            int bytes);
}
